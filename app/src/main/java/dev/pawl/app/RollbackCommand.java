package dev.pawl.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl rollback}. */
@Command(
        name = "rollback",
        description = "Brings the champion back that was before the present one, at once.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl rollback births --reason 'complaints from the wards'"})
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "MODEL", description = "The registered model.")
    private String model = "";

    @Option(
            names = "--by",
            defaultValue = "${env:USER:-someone}",
            description = "Who wants it (default: ${DEFAULT-VALUE}).")
    private String by = "";

    @Option(names = "--reason", required = true, description = "Kept with the decision.")
    private String reason = "";

    @Override
    public Integer call() {
        try (Client client = server.client()) {
            JsonNode answer =
                    client.post("api/models/" + Client.encode(model) + "/rollback", Map.of("reason", reason, "by", by));
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                printed.row("champion", model, ": ", reason);
            }
            return 0;
        }
    }
}
