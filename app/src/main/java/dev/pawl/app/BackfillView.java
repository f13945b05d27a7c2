package dev.pawl.app;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A backfill as people see it. Remembers what it showed last, so that it tells only what is new. */
final class BackfillView {
    private final Printed printed;
    private String last = "";

    BackfillView(Printed printed) {
        this.printed = printed;
    }

    /** Tells how it stands, if that is new; gives it back once it is over. */
    Optional<JsonNode> progress(JsonNode it) {
        String line = line(it);
        if (!printed.asJson() && !line.equals(last)) {
            printed.line(line);
            last = line;
        }
        return it.path("over").asBoolean(false) ? Optional.of(it) : Optional.empty();
    }

    /** For example {@code backfill-0mhx RUNNING  12 of 53 done, 1 failed, 2 under way   births in prod}. */
    static String line(JsonNode it) {
        JsonNode counts = it.path("counts");
        int over = count(counts, "succeeded") + count(counts, "failed") + count(counts, "cancelled");
        return "%s %-10s %d of %d over%s%s%s   %s in %s"
                .formatted(
                        it.path("id").asString(),
                        it.path("state").asString(),
                        over,
                        it.path("runs").asInt(),
                        part(counts, "failed", "failed"),
                        part(counts, "cancelled", "cancelled"),
                        part(counts, "under_way", "under way"),
                        it.path("project").asString(),
                        it.path("environment").asString());
    }

    static int show(Printed printed, JsonNode it) {
        if (printed.asJson()) {
            printed.json(it);
            return 0;
        }
        printed.row("backfill", it.path("id"), "  ", it.path("state"));
        printed.row("of", it.path("project"), " in ", it.path("environment"), ", package ", it.path("package"));
        printed.row(
                "range",
                it.path("from"),
                " to ",
                it.path("to"),
                " every ",
                every(it.path("every").asString()));
        printed.row("progress", line(it));
        it.path("under_way").forEach(run -> printed.row("under way", run.path("run"), " as of ", run.path("as_of")));
        it.path("first_failures")
                .forEach(run -> printed.row(
                        "failed",
                        run.path("run"),
                        " as of ",
                        run.path("as_of"),
                        ", try ",
                        run.path("tries"),
                        ": ",
                        run.path("because")));
        if (it.path("state").asString("").equals("FAILED")) {
            printed.row("next", "pawl backfill rerun ", it.path("id"));
        }
        return 0;
    }

    /** As {@code --every} takes it. */
    private static String every(String given) {
        Duration every = Duration.parse(given);
        return every.toMinutesPart() > 0
                ? every.toMinutes() + "m"
                : every.toHoursPart() > 0 ? every.toHours() + "h" : every.toDays() + "d";
    }

    private static String part(JsonNode counts, String name, String text) {
        int count = count(counts, name);
        return count == 0 ? "" : ", " + count + " " + text;
    }

    private static int count(JsonNode counts, String name) {
        return counts.path(name).asInt(0);
    }
}
