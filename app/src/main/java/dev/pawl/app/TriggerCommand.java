package dev.pawl.app;

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

/** {@code pawl trigger}. */
@Command(
        name = "trigger",
        description = "Runs a deployed pipeline now.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl trigger births --environment prod --reason 'new holiday calendar'"})
final class TriggerCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "PROJECT", description = "The project.")
    private String project = "";

    @Option(
            names = "--environment",
            defaultValue = "prod",
            description = "Where it is deployed (default: ${DEFAULT-VALUE}).")
    private String environment = "";

    @Option(
            names = "--as-of",
            description = "The moment in event time whose data the run sees, a date or an instant (default: now).")
    private @Nullable Instant asOf;

    @Option(
            names = "--reason",
            defaultValue = "by hand",
            description = "Kept with the run (default: ${DEFAULT-VALUE}).")
    private String reason = "";

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("reason", reason);
        if (asOf != null) {
            body.put("as_of", asOf);
        }
        try (Client client = server.client()) {
            JsonNode answer = client.post(
                    "api/projects/%s/environments/%s/runs"
                            .formatted(Client.encode(project), Client.encode(environment)),
                    body);
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                printed.row(answer.path("merged").asBoolean(false) ? "merged into" : "requested", answer.path("run"));
            }
            return 0;
        }
    }
}
