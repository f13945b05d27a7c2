package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl backfill}, with what can be done to one below it. */
@Command(
        name = "backfill",
        description = "Runs a deployed pipeline over a range of the past, each run as of one moment of it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl backfill births --from 1971-01-01 --to 1971-12-31 --every 7d --parallel 2",
            "  pawl backfill births --from 1971-01-01 --to 1971-12-31 --every 7d --detach",
            "  pawl backfill list",
            "  pawl backfill pause backfill-0mhx3k2abq7f2k9xz"
        })
final class BackfillCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "PROJECT", arity = "0..1", description = "The project.")
    private @Nullable String project;

    @Option(
            names = "--environment",
            defaultValue = "prod",
            description = "Where it is deployed (default: ${DEFAULT-VALUE}).")
    private String environment = "";

    @Option(names = "--from", description = "The first moment in event time, a date or an instant.")
    private @Nullable String from;

    @Option(names = "--to", description = "The last moment; there is a run as of it if the interval meets it.")
    private @Nullable String to;

    @Option(names = "--every", description = "From one run's moment to the next one's: a number with m, h, d or w.")
    private @Nullable String every;

    @Option(
            names = "--parallel",
            defaultValue = "1",
            description = "How many runs at a time (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = "--reason",
            defaultValue = "by hand",
            description = "Kept with the runs (default: ${DEFAULT-VALUE}).")
    private String reason = "";

    @Option(names = "--detach", description = "Do not wait for the end.")
    private boolean detach;

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        String name = required("PROJECT", project);
        body.put("from", required("--from", from));
        body.put("to", required("--to", to));
        body.put("every", required("--every", every));
        body.put("parallel", parallel);
        body.put("reason", reason);
        try (Client client = server.client()) {
            JsonNode begun = client.post(
                    "api/projects/%s/environments/%s/backfills"
                            .formatted(Client.encode(name), Client.encode(environment)),
                    body);
            return detach
                    ? BackfillView.show(printed, begun)
                    : follow(client, printed, begun.path("id").stringValue());
        }
    }

    @Command(
            name = "list",
            description = "Lists backfills, newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill list --json"})
    int list(@Mixin ServerOption server, @Mixin Printed printed) {
        try (Client client = server.client()) {
            JsonNode answer = client.get("api/backfills");
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                answer.path("backfills").forEach(it -> printed.line(BackfillView.line(it)));
            }
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Shows how a backfill stands, with its first failures.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill show backfill-0mhx3k2abq7f2k9xz"})
    int show(@Mixin ServerOption server, @Mixin Printed printed, @Parameters(paramLabel = "ID") String id) {
        try (Client client = server.client()) {
            return BackfillView.show(printed, client.get(path(id)));
        }
    }

    @Command(
            name = "watch",
            description = "Follows a backfill to its end.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill watch backfill-0mhx3k2abq7f2k9xz"})
    int watch(@Mixin ServerOption server, @Mixin Printed printed, @Parameters(paramLabel = "ID") String id) {
        try (Client client = server.client()) {
            return follow(client, printed, id);
        }
    }

    @Command(
            name = "pause",
            description = "Hands in no more runs; those under way go on.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill pause backfill-0mhx3k2abq7f2k9xz"})
    int pause(@Mixin ServerOption server, @Mixin Printed printed, @Parameters(paramLabel = "ID") String id) {
        return ask(server, printed, id, "pause");
    }

    @Command(
            name = "resume",
            description = "Goes on with a backfill that was paused.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill resume backfill-0mhx3k2abq7f2k9xz"})
    int resume(@Mixin ServerOption server, @Mixin Printed printed, @Parameters(paramLabel = "ID") String id) {
        return ask(server, printed, id, "resume");
    }

    @Command(
            name = "cancel",
            description = "Ends a backfill, with its runs that are under way.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill cancel backfill-0mhx3k2abq7f2k9xz"})
    int cancel(@Mixin ServerOption server, @Mixin Printed printed, @Parameters(paramLabel = "ID") String id) {
        return ask(server, printed, id, "cancel");
    }

    @Command(
            name = "rerun",
            description = "Runs what failed once more, each from the step that failed.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill rerun backfill-0mhx3k2abq7f2k9xz"})
    int rerun(@Mixin ServerOption server, @Mixin Printed printed, @Parameters(paramLabel = "ID") String id) {
        return ask(server, printed, id, "rerun");
    }

    private static int ask(ServerOption server, Printed printed, String id, String what) {
        try (Client client = server.client()) {
            return BackfillView.show(printed, client.post(path(id) + "/" + what, Map.of()));
        }
    }

    /** @return 1 if not all of its runs succeeded */
    private static int follow(Client client, Printed printed, String id) {
        BackfillView view = new BackfillView(printed);
        JsonNode over = client.await("the backfill's end", Duration.ofDays(365), path(id), view::progress);
        BackfillView.show(printed, over);
        return over.path("state").asString("").equals("SUCCEEDED") ? 0 : 1;
    }

    private static String path(String id) {
        return "api/backfills/" + Client.encode(id);
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw PawlException.user(
                    "missing-option",
                    name + " is missing: pawl backfill PROJECT --from 1971-01-01 --to 1971-12-31 --every 7d");
        }
        return value;
    }
}
