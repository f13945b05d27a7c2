package dev.pawl.app;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunState;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.StepState;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code pawl resume}. */
@Command(
        name = "resume",
        description = {
            "Goes on with a run that failed or was cancelled: a new run takes over its finished steps and makes the"
                    + " others, with the same code, data and parameters.",
            "A run that was interrupted goes on itself."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl resume run-0mhx3k2abq7f2k9xz",
            "  pawl resume run-0mhx3k2abq7f2k9xz --server http://127.0.0.1:7295 --detach"
        })
final class ResumeCommand extends AgainCommand {
    @Override
    String verb() {
        return "resume";
    }

    @Override
    RunId begin(Laboratory laboratory, Run earlier) {
        RunId id = earlier.spec().id();
        return earlier.state().isOver()
                ? laboratory.experiments().again(id, laboratory.orchestrator().resumption(id))
                : id;
    }

    @Override
    Set<StepName> takenOver(Notebook notebook, Run earlier) {
        return notebook.runs().steps(earlier.spec().id()).stream()
                .filter(step -> step.state() == StepState.SUCCEEDED || step.state() == StepState.CACHED)
                .map(RunStep::name)
                .collect(Collectors.toSet());
    }

    @Override
    int over(Notebook notebook, RunId earlier, Run done) {
        RunView view = RunView.of(notebook, done);
        if (printed().asJson()) {
            printed().json(view);
        } else {
            view.print(printed());
        }
        return exit(done);
    }

    @Override
    int over(Client client, RunId earlier, Run done) {
        if (printed().asJson()) {
            printed().json(client.get("api/runs/" + done.spec().id()));
        } else {
            printed().row("run", done.spec().id(), " ", done.state(), ": ", done.because());
        }
        return exit(done);
    }

    private static int exit(Run done) {
        return done.state() == RunState.SUCCEEDED ? 0 : 1;
    }
}
