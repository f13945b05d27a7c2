package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Differences;
import dev.pawl.pipeline.Run;
import java.util.Set;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code pawl reproduce}. */
@Command(
        name = "reproduce",
        description =
                "Makes a run again from what it was made of (package, definition, data, parameters, without the cache)"
                        + " and shows what differs. Exit code 0 if nothing does, 1 if something does.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl reproduce run-0mhx3k2abq7f2k9xz",
            "  pawl reproduce run-0mhx3k2abq7f2k9xz --server http://127.0.0.1:7295"
        })
final class ReproduceCommand extends AgainCommand {
    @Override
    String verb() {
        return "reproduce";
    }

    @Override
    RunId begin(Laboratory laboratory, Run earlier) {
        RunId id = earlier.spec().id();
        return laboratory.experiments().again(id, laboratory.orchestrator().reproduction(id));
    }

    @Override
    Set<StepName> takenOver(Notebook notebook, Run earlier) {
        return Set.of();
    }

    @Override
    int over(Notebook notebook, RunId earlier, Run done) {
        return over(Json.tree(
                Differences.between(notebook.runs(), earlier, done.spec().id())));
    }

    @Override
    int over(Client client, RunId earlier, Run done) {
        return over(client.get("api/runs/" + done.spec().id() + "/differences?from=" + earlier));
    }

    private int over(JsonNode differences) {
        if (printed().asJson()) {
            printed().json(differences);
        } else {
            print(differences);
        }
        return differences.path("equal").booleanValue() ? 0 : 1;
    }

    private void print(JsonNode differences) {
        printed().row("run", differences.path("now"), " reproduces ", differences.path("before"));
        JsonNode state = differences.path("state");
        if (state.isObject()) {
            printed().row("state", state.path("before"), " became ", state.path("now"));
        }
        differences.path("outputs").forEach(it -> change("output", it));
        differences.path("metrics").forEach(it -> change("metric", it));
        differences.path("keys").forEach(it -> printed().row("changed", it));
        differences
                .path("environment")
                .properties()
                .forEach(it -> printed()
                        .row(
                                it.getKey(),
                                it.getValue().path("before"),
                                " became ",
                                it.getValue().path("now")));
        printed().row("result", differences.path("equal").booleanValue() ? "all equal" : "something differs");
    }

    private void change(String what, JsonNode it) {
        JsonNode largest = it.path("largest");
        printed()
                .row(
                        what,
                        it.path("name"),
                        ": ",
                        shown(it.path("before")),
                        " became ",
                        shown(it.path("now")),
                        largest.isNumber() ? ", differs by " + largest + " at the most" : "");
    }

    private static String shown(JsonNode value) {
        return value.isNull() ? "nothing" : value.asString();
    }
}
