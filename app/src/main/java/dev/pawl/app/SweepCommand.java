package dev.pawl.app;

import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.experiment.StartedSweep;
import dev.pawl.experiment.Trial;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.SweepId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl sweep}. */
@Command(
        name = "sweep",
        description =
                "Searches for good parameters: runs the pipeline of the working copy again and again, as 'sweeps' in"
                        + " pawl.yaml says. One that was interrupted goes on, unless the working copy has changed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl sweep broad",
            "  pawl sweep broad --trials 10     fewer than pawl.yaml says",
            "  pawl sweep broad --new           from the beginning, although one was interrupted"
        })
final class SweepCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CANCELLING = Duration.ofSeconds(10);

    @Mixin
    private Pools pools = new Pools();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "NAME", description = "One of 'sweeps' in pawl.yaml.")
    private String name = "";

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Mixin
    private AsOf asOf = new AsOf();

    @Option(names = "--trials", description = "How many trials at the most (default: what pawl.yaml says).")
    private @Nullable Integer trials;

    @Option(names = "--new", description = "Begin a new one, even if one was interrupted.")
    private boolean anew;

    @Option(
            names = "--build",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Run ci.build first (default: yes).")
    private boolean build;

    @Override
    public Integer call() throws InterruptedException {
        Path copy = ProjectFolder.require(project.folder());
        Path folder = copy.resolve(Notebook.FOLDER);
        try (CtrlC ctrlC = CtrlC.watch();
                Laboratory laboratory = Laboratory.open(folder, pools.places())) {
            Prepared prepared = laboratory.prepare(copy, build, Variation.NONE);
            var progress = new SweepProgress(printed);
            SweepId id = begin(laboratory, prepared, progress);
            await(laboratory, id, progress, ctrlC);
            return end(SweepView.of(laboratory.sweeps().past(), id), progress);
        }
    }

    private SweepId begin(Laboratory laboratory, Prepared prepared, SweepProgress progress) {
        Optional<SweepId> interrupted = laboratory
                .sweeps()
                .interrupted(prepared, name, Optional.ofNullable(trials))
                .filter(_ -> !anew)
                .map(StartedSweep::id);
        SweepId id = interrupted.orElseGet(
                () -> laboratory.sweeps().begin(prepared, name, asOf.moment(), Optional.ofNullable(trials)));
        laboratory.sweeps().stopOthers(id);
        SweepView view = SweepView.of(laboratory.sweeps().past(), id);
        interrupted.ifPresentOrElse(_ -> progress.resumed(view), () -> progress.started(view));
        laboratory.sweeps().resume(id);
        laboratory.sweeps().start();
        return id;
    }

    private void await(Laboratory laboratory, SweepId id, SweepProgress progress, CtrlC ctrlC)
            throws InterruptedException {
        ctrlC.then(() -> {}); // it is looked at
        SweepView view = SweepView.of(laboratory.sweeps().past(), id);
        while (view.state() == StartedSweep.State.RUNNING && !ctrlC.isPressed()) {
            progress.show(view);
            laboratory.store().clock().sleep(POLL);
            view = SweepView.of(laboratory.sweeps().past(), id);
        }
        if (view.state() == StartedSweep.State.RUNNING) {
            stop(laboratory, id);
        }
        progress.show(SweepView.of(laboratory.sweeps().past(), id));
    }

    /** Waits a while for its programs to end; what is not cancelled by then is so at the next start. */
    private static void stop(Laboratory laboratory, SweepId id) throws InterruptedException {
        laboratory.sweeps().stop(id, "the sweep was stopped");
        var latest = laboratory.store().clock().now().plus(CANCELLING);
        while (laboratory.sweeps().past().trials(id).stream().anyMatch(trial -> trial.state() == Trial.State.STOPPING)
                && laboratory.store().clock().now().isBefore(latest)) {
            laboratory.store().clock().sleep(POLL);
        }
    }

    private int end(SweepView view, SweepProgress progress) {
        if (printed.asJson()) {
            printed.json(view);
        } else if (view.state() == StartedSweep.State.STOPPED) {
            progress.stopped(view);
        } else {
            view.print(printed);
        }
        return view.state() == StartedSweep.State.ENDED && view.best().isPresent() ? 0 : 1;
    }
}
