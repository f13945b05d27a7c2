package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Why;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl why}. */
@Command(
        name = "why",
        description = "Says why a step ran, or why it did not: what differs from the nearest earlier run of it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl why train                              in the newest run of this working copy",
            "  pawl why score --run run-0mhx3k2abq7f2k9xz --item 7",
            "  pawl why train --server http://127.0.0.1:7295 --json"
        })
final class WhyCommand implements Callable<Integer> {
    @Mixin
    private Where where = new Where();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "STEP", description = "The step's name.")
    private String step = "";

    @Option(names = "--run", description = Where.RUN + " Default: the newest.")
    private @Nullable String run;

    @Option(names = "--item", description = "Which item of a step that is fanned out, from 0 on.")
    private @Nullable Integer item;

    @Override
    public Integer call() {
        if (item != null && item < 0) {
            throw PawlException.user("bad-item", "Items are numbered from 0 on: --item " + item + " is none");
        }
        JsonNode answer = where.ask(this::ofServer, this::ofWorkingCopy);
        if (printed.asJson()) {
            printed.json(answer);
        } else {
            printed.row(
                    "step",
                    answer.path("step"),
                    " of ",
                    new RunId(answer.path("run").stringValue()),
                    ": ",
                    answer.path("state"));
            printed.row("why", answer.path("summary"));
        }
        return 0;
    }

    private JsonNode ofServer(Client client) {
        String id = Where.run(client, Optional.ofNullable(run));
        return client.get("api/runs/%s/steps/%s/why%s"
                .formatted(Client.encode(id), Client.encode(step), item == null ? "" : "?item=" + item));
    }

    private JsonNode ofWorkingCopy(Notebook notebook) {
        RunId id = notebook.run(Optional.ofNullable(run));
        var found = notebook.runs().step(id, new StepName(step), Optional.ofNullable(item));
        return Json.tree(WhyView.of(found, new Why(notebook.store()).of(found)));
    }
}
