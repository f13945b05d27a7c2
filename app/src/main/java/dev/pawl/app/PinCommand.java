package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Collector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--project", description = "A working copy, instead of a server.")
    private @Nullable Path project;

    @Override
    public Integer call() {
        JsonNode answer = project == null ? onServer() : inWorkingCopy(project);
        if (printed.asJson()) {
            printed.json(answer);
        } else {
            printed.row(remove ? "unpinned" : "pinned", answer.path("run"));
        }
        return 0;
    }

    private JsonNode inWorkingCopy(Path folder) {
        try (Notebook notebook = Notebook.open(folder)) {
            new Collector(notebook.store(), List.of(notebook.experiments())).pin(new RunId(run), !remove);
            return Json.tree(Map.of("run", run, "pinned", !remove));
        }
    }

    private JsonNode onServer() {
        String path = "api/runs/" + Client.encode(run) + "/pin";
        try (Client client = server.client()) {
            return remove ? client.delete(path) : client.post(path, Map.of());
        }
    }
}
