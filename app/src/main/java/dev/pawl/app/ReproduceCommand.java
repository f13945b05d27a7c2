package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Differences;
import dev.pawl.pipeline.RunState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
            "  pawl reproduce run-0mhx3k2abq7f2k9xz --server http://127.0.0.1:7295 --within 60"
        })
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private Where where = new Where();

    @Mixin
    private Pools pools = new Pools();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = "The run's id; 'pawl runs' lists them.")
    private String run = "";

    @Option(
            names = "--within",
            defaultValue = "60",
            description = "How many minutes to wait for a server (default: ${DEFAULT-VALUE}).")
    private long minutes;

    @Override
    public Integer call() throws InterruptedException {
        JsonNode differences = where.isServer() ? onServer() : here();
        if (printed.asJson()) {
            printed.json(differences);
        } else {
            print(differences);
        }
        return differences.path("equal").booleanValue() ? 0 : 1;
    }

    private JsonNode here() throws InterruptedException {
        try (CtrlC ctrlC = CtrlC.watch();
                Notebook notebook = Notebook.open(where.project());
                Laboratory laboratory = Laboratory.open(notebook.folder(), pools.places())) {
            RunId earlier = new RunId(run);
            RunId again = laboratory
                    .experiments()
                    .again(earlier, laboratory.orchestrator().reproduction(earlier));
            ctrlC.then(() -> laboratory.orchestrator().cancel(again, "stopped by Ctrl-C"));
            laboratory.await(
                    again,
                    RunProgress.shown(
                            printed, notebook.definition(notebook.runs().run(earlier))));
            return Json.tree(Differences.between(laboratory.orchestrator().runs(), earlier, again));
        }
    }

    private JsonNode onServer() {
        try (Client client = where.client()) {
            String again = client.post("api/runs/" + Client.encode(run) + "/reproduce", Map.of())
                    .path("run")
                    .stringValue();
            client.await(
                    "run " + again,
                    Duration.ofMinutes(minutes),
                    "api/runs/" + again,
                    answer -> over(answer.at("/run/state")));
            return client.get("api/runs/" + again + "/differences?from=" + Client.encode(run));
        }
    }

    private static Optional<RunState> over(JsonNode state) {
        return Optional.of(RunState.valueOf(state.stringValue())).filter(RunState::isOver);
    }

    private void print(JsonNode differences) {
        printed.row("run", differences.path("now"), " reproduces ", differences.path("before"));
        JsonNode state = differences.path("state");
        if (state.isObject()) {
            printed.row("state", state.path("before"), " became ", state.path("now"));
        }
        differences.path("outputs").forEach(it -> change("output", it));
        differences.path("metrics").forEach(it -> change("metric", it));
        differences.path("keys").forEach(it -> printed.row("changed", it));
        differences
                .path("environment")
                .properties()
                .forEach(it -> printed.row(
                        it.getKey(),
                        it.getValue().path("before"),
                        " became ",
                        it.getValue().path("now")));
        printed.row("result", differences.path("equal").booleanValue() ? "all equal" : "something differs");
    }

    private void change(String what, JsonNode it) {
        JsonNode largest = it.path("largest");
        printed.row(
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
