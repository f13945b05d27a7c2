package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiCheck;
import dev.pawl.ci.CiRun;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A CI run as it stands at a moment, to be shown.
 *
 * @param lines the last line that each check under way has printed, where that is known
 */
record CiProgress(CiRun run, List<CiCheck> checks, Map<String, String> lines, Instant now) {
    static CiProgress of(Ci ci, CiRunId id, Instant now) {
        CiRun run = ci.run(id); // before the checks: when it is over, so are they
        List<CiCheck> checks = ci.checks(id);
        Map<String, String> lines = new TreeMap<>();
        checks.forEach(check -> ci.logs().lastLine(id, check).ifPresent(line -> lines.put(check.name(), line)));
        return new CiProgress(run, checks, lines, now);
    }

    static CiProgress of(JsonNode told, Instant now) {
        Map<String, String> lines = new TreeMap<>();
        told.path("lines")
                .properties()
                .forEach(line -> lines.put(line.getKey(), line.getValue().stringValue()));
        return new CiProgress(
                Json.read(told.path("run").toString(), CiRun.class),
                List.of(Json.read(told.path("checks").toString(), CiCheck[].class)),
                lines,
                now);
    }

    /** Where progress goes: over itself on a terminal, else in lines that stay; nowhere if JSON is wanted. */
    static Consumer<CiProgress> shown(Printed printed) {
        if (printed.asJson()) {
            return _ -> {};
        }
        return Terminal.of(printed.out())
                .<Consumer<CiProgress>>map(terminal -> {
                    LiveLines lines = new LiveLines(terminal);
                    CheckLines checks = new CheckLines(terminal.style());
                    return progress ->
                            lines.draw(checks.of(progress, terminal.size().get().columns() - 1));
                })
                .orElseGet(() -> new PlainCiProgress(printed::line));
    }

    Duration took() {
        return Duration.between(
                run.startedAt().orElse(run.queuedAt()), run.finishedAt().orElse(now));
    }

    String took(CiCheck check) {
        return Spans.text(Duration.between(check.startedAt(), check.finishedAt().orElse(now)));
    }

    /** What there is to say of a check, in a line. */
    String note(CiCheck check) {
        String line = lines.getOrDefault(check.name(), "");
        return switch (check.state()) {
            case RUNNING -> line;
            case PASSED, FAILED, CANCELLED ->
                check.summary().lines().findFirst().orElse("");
        };
    }

    /** As the REST API gives it. */
    Map<String, Object> json() {
        return Map.of("run", run, "checks", checks);
    }
}
