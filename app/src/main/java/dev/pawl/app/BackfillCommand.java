package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import java.time.Instant;
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
    private @Nullable Instant from;

    @Option(names = "--to", description = "The last moment; there is a run as of it if the interval meets it.")
    private @Nullable Instant to;

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
        body.put("every", interval(required("--every", every)));
        body.put("parallel", parallel);
        body.put("reason", reason);
        try (Client client = server.client()) {
            JsonNode begun = client.post(
                    "api/projects/%s/environments/%s/backfills"
                            .formatted(Client.encode(name), Client.encode(environment)),
                    body);
            return detach
                    ? BackfillView.show(printed, begun)
                    : OneBackfill.follow(client, printed, begun.path("id").stringValue());
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
            printed.list(
                    answer,
                    answer.path("backfills")
                            .valueStream()
                            .map(BackfillView::line)
                            .toList(),
                    "there is no backfill yet; 'pawl backfill PROJECT' begins one");
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Shows how a backfill stands, with its first failures.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill show backfill-0mhx3k2abq7f2k9xz"})
    int show(@Mixin OneBackfill it, @Mixin Printed printed) {
        return it.show(printed);
    }

    @Command(
            name = "watch",
            description = "Follows a backfill to its end.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill watch backfill-0mhx3k2abq7f2k9xz"})
    int watch(@Mixin OneBackfill it, @Mixin Printed printed) {
        return it.follow(printed);
    }

    @Command(
            name = "pause",
            description = "Hands in no more runs; those under way go on.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill pause backfill-0mhx3k2abq7f2k9xz"})
    int pause(@Mixin OneBackfill it, @Mixin Printed printed) {
        return it.ask("pause", printed);
    }

    @Command(
            name = "resume",
            description = "Goes on with a backfill that was paused.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill resume backfill-0mhx3k2abq7f2k9xz"})
    int resume(@Mixin OneBackfill it, @Mixin Printed printed) {
        return it.ask("resume", printed);
    }

    @Command(
            name = "cancel",
            description = "Ends a backfill, with its runs that are under way.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill cancel backfill-0mhx3k2abq7f2k9xz"})
    int cancel(@Mixin OneBackfill it, @Mixin Printed printed) {
        return it.ask("cancel", printed);
    }

    @Command(
            name = "rerun",
            description = "Runs what failed once more, each from the step that failed.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl backfill rerun backfill-0mhx3k2abq7f2k9xz"})
    int rerun(@Mixin OneBackfill it, @Mixin Printed printed) {
        return it.ask("rerun", printed);
    }

    /** What the server would refuse; here it is the option that is told of. */
    private static String interval(String every) {
        if (!every.matches("[1-9][0-9]{0,6}[mhdw]")) {
            throw PawlException.user(
                    "bad-interval", "--every wants a number with m, h, d or w, like 7d, not '" + every + "'");
        }
        return every;
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw PawlException.user(
                    "missing-option",
                    name + " is missing: pawl backfill PROJECT --from 1971-01-01 --to 1971-12-31 --every 7d");
        }
        return value;
    }
}
