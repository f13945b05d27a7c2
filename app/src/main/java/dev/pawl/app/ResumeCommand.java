package dev.pawl.app;

import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunState;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl resume}. */
@Command(
        name = "resume",
        description =
                "Goes on with a run that failed or was cancelled: a new run takes over its finished steps and makes"
                        + " the others, with the same code, data and parameters.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl resume run-0mhx3k2abq7f2k9xz",
            "  pawl resume run-0mhx3k2abq7f2k9xz --server http://127.0.0.1:7295"
        })
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private Where where = new Where();

    @Mixin
    private Pools pools = new Pools();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = "The run's id; 'pawl runs' lists them.")
    private String run = "";

    @Override
    public Integer call() throws InterruptedException {
        return where.isServer() ? onServer() : here();
    }

    private int here() throws InterruptedException {
        try (CtrlC ctrlC = CtrlC.watch();
                Notebook notebook = Notebook.open(where.project());
                Laboratory laboratory = Laboratory.open(notebook.folder(), pools.places())) {
            RunId earlier = new RunId(run);
            RunId id = laboratory
                    .experiments()
                    .again(earlier, laboratory.orchestrator().resumption(earlier));
            ctrlC.then(() -> laboratory.orchestrator().cancel(id, "stopped by Ctrl-C"));
            Run done = laboratory.await(
                    id,
                    RunProgress.shown(
                            printed, notebook.definition(notebook.runs().run(earlier))));
            if (printed.asJson()) {
                printed.json(RunView.of(notebook, done));
            } else {
                RunView.of(notebook, done).print(printed);
            }
            return done.state() == RunState.SUCCEEDED ? 0 : 1;
        }
    }

    private int onServer() {
        try (Client client = where.client()) {
            JsonNode answer = client.post("api/runs/" + Client.encode(run) + "/resume", Map.of());
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                printed.row("run", answer.path("run"), " resumes ", answer.path("resumes"));
            }
            return 0;
        }
    }
}
