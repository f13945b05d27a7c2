package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Lineage;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl lineage}. */
@Command(
        name = "lineage",
        description =
                "Shows what something was made by and of, and what was made with it: data, code, commit, parameters,"
                        + " machine.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl lineage run-0mhx3k2abq7f2k9xz",
            "  pawl lineage 3f2a9c1d                                       an artifact, by the beginning of its digest",
            "  pawl lineage run-0mhx3k2abq7f2k9xz --depth 0               its last steps and their first readers alone",
            "  pawl lineage births/3 --server http://127.0.0.1:7295         a version of a model",
            "  pawl lineage births --server http://127.0.0.1:7295 --json    the one that answers predictions"
        })
final class LineageCommand implements Callable<Integer> {
    @Mixin
    private Where where = new Where();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(
            paramLabel = "WHAT",
            description =
                    "A run, an artifact (digest, or the first digits of it) or, on a server, a model or MODEL/VERSION.")
    private String what = "";

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many steps away at the most (default: ${DEFAULT-VALUE}).")
    private int depth;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many steps in each direction at the most (default: ${DEFAULT-VALUE}).")
    private int most;

    @Override
    public Integer call() {
        JsonNode lineage = where.ask(this::ofServer, this::ofWorkingCopy);
        if (printed.asJson()) {
            printed.json(lineage);
        } else {
            LineageText.of(lineage).forEach(printed::line);
        }
        return 0;
    }

    private JsonNode ofServer(Client client) {
        String path = Arrays.stream(what.split("/", 2)).map(Client::encode).collect(Collectors.joining("/"));
        return client.get("api/lineage/%s?depth=%d&most=%d".formatted(path, depth, most));
    }

    private JsonNode ofWorkingCopy(Notebook notebook) {
        Origins origins = Origins.of(notebook).within(new Reach(depth, most));
        if (LineageRoutes.isRun(what)) {
            return Json.tree(origins.run(notebook.named(what)));
        }
        if (Lineage.looksLikeArtifact(what)) {
            return Json.tree(origins.artifact(what));
        }
        throw PawlException.user(
                "no-lineage",
                "'%s' is neither a run nor an artifact; models are registered on a server: name it with --server"
                        .formatted(what));
    }
}
