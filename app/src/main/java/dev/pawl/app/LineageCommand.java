package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Lineage;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        return client.get("api/lineage/" + path);
    }

    private JsonNode ofWorkingCopy(Notebook notebook) {
        if (LineageRoutes.isRun(what)) {
            return Json.tree(Origins.of(notebook).run(new RunId(what)));
        }
        if (Lineage.looksLikeArtifact(what)) {
            return Json.tree(Origins.of(notebook).artifact(what));
        }
        throw PawlException.user(
                "no-lineage",
                "'%s' is neither a run nor an artifact; models are registered on a server: name it with --server"
                        .formatted(what));
    }
}
