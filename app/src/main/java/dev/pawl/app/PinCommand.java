package dev.pawl.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl pin}. */
@Command(
        name = "pin",
        description = "Keeps a run, with all that it gave, whatever 'pawl gc' is told.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pawl pin run-0mhx3k2abq7f2k9xz", "  pawl pin --remove run-0mhx3k2abq7f2k9xz"})
final class PinCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = "The run.")
    private String run = "";

    @Option(names = "--remove", description = "Leave it to the policy again.")
    private boolean remove;

    @Override
    public Integer call() {
        String path = "api/runs/" + Client.encode(run) + "/pin";
        try (Client client = server.client()) {
            JsonNode answer = remove ? client.delete(path) : client.post(path, Map.of());
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                printed.row(remove ? "unpinned" : "pinned", answer.path("run"));
            }
            return 0;
        }
    }
}
