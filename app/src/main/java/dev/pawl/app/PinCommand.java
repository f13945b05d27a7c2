package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Collector;
import java.util.List;
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
    private Where where = new Where();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = Where.RUN)
    private String run = "";

    @Option(names = "--remove", description = "Leave it to the policy again.")
    private boolean remove;

    @Override
    public Integer call() {
        JsonNode answer = where.ask(this::ofServer, this::ofWorkingCopy);
        if (printed.asJson()) {
            printed.json(answer);
        } else {
            printed.row(remove ? "unpinned" : "pinned", answer.path("run"));
        }
        return 0;
    }

    private JsonNode ofServer(Client client) {
        String path = "api/runs/" + Client.encode(run) + "/pin";
        return remove ? client.delete(path) : client.post(path, Map.of());
    }

    private JsonNode ofWorkingCopy(Notebook notebook) {
        RunId id = notebook.named(run);
        new Collector(notebook.store(), List.of(notebook.experiments())).pin(id, !remove);
        return Json.tree(Map.of("run", id, "pinned", !remove));
    }
}
