package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pawl run}. */
@Command(
        name = "run",
        description =
                "Builds the working copy and runs its pipeline on this machine, as CI and production would; records"
                        + " the commit, uncommitted changes, data, metrics and artifacts in the folder .pawl.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl run",
            "  pawl run --as-of 1971-01-01      with the data that was known then",
            "  pawl run --no-build --sample 900  quickly, on the first rows",
            "  pawl run --param train.eta=0.1 --param train.rounds=50",
            "  pawl run --only evaluate         with what it reads from, from the cache",
            "  pawl run --watch                 again whenever a file is saved, until Ctrl-C"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private Pools pools = new Pools();

    @Mixin
    private Printed printed = new Printed();

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Mixin
    private AsOf asOf = new AsOf();

    @Option(names = "--sample", paramLabel = "ROWS", description = "Only so many first rows of each source.")
    private @Nullable Integer sample;

    @Option(
            names = "--build",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Run ci.build first (default: yes).")
    private boolean build;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "STEP.NAME=VALUE",
            description =
                    "Another value of a parameter, for this run; NAME=VALUE where one step alone has it. Repeatable.")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = "--only",
            paramLabel = "STEP",
            arity = "1..*",
            description = "Only these steps and those that they read from.")
    private List<String> only = List.of();

    @Option(
            names = "--watch",
            description =
                    "Run again whenever a file is saved that git does not ignore; a run under way is cancelled then.")
    private boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        Path folder = ProjectFolder.require(project.folder());
        try (CtrlC ctrlC = CtrlC.watch();
                Laboratory laboratory = Laboratory.open(folder.resolve(Notebook.FOLDER), pools.places())) {
            laboratory.interrupted().announce(printed);
            int exit = watch
                    ? watch(laboratory, folder, ctrlC)
                    : run(laboratory, folder, ctrlC, () -> {}, _ -> {}) == RunState.SUCCEEDED ? 0 : 1;
            laboratory.interrupted().tellWhatIsLeft(printed);
            return exit;
        }
    }

    /** Ends by Ctrl-C only: what is wrong with a file, somebody is about to correct. */
    private int watch(Laboratory laboratory, Path folder, CtrlC ctrlC) throws InterruptedException {
        try (WatchedFiles files =
                WatchedFiles.in(folder, new Commands(Clock.system(), OwnJvm.javaHome()), Clock.system())) {
            Runnable built = files::leaveOutWhatCame;
            while (!ctrlC.isPressed()) {
                runWatched(laboratory, folder, ctrlC, built, files);
                built = () -> {};
                ctrlC.then(Thread.currentThread()::interrupt);
                printed.remark("watching " + folder + " (Ctrl-C ends)");
                printed.remark("saved: " + files.await());
            }
        } catch (IOException e) {
            throw Folders.trouble("watch the files of " + folder, e);
        } catch (InterruptedException e) {
            if (!ctrlC.isPressed()) {
                throw e;
            }
        }
        return 0;
    }

    private void runWatched(Laboratory laboratory, Path folder, CtrlC ctrlC, Runnable built, WatchedFiles files)
            throws InterruptedException {
        try {
            run(laboratory, folder, ctrlC, built, id -> {
                if (files.haveChanged()) {
                    laboratory.orchestrator().cancel(id, "a file was saved meanwhile");
                }
            });
        } catch (PawlException e) {
            printed.remark(e.text());
        }
    }

    /**
     * @param built is done once the working copy is built
     * @param meanwhile is done again and again while it runs
     */
    private RunState run(Laboratory laboratory, Path folder, CtrlC ctrlC, Runnable built, Consumer<RunId> meanwhile)
            throws InterruptedException {
        var prepared = laboratory.prepare(folder, build, variation());
        built.run();
        var earlier = laboratory.experiments().earlier(prepared, asOf.given(), Optional.ofNullable(sample));
        laboratory.require(prepared, earlier.keySet());
        if (!printed.asJson()) {
            earlier.forEach(
                    (step, made) -> printed.remark(step + " is not cached: what it gave in " + made + " is used"));
        }
        RunId id = laboratory.experiments().start(prepared, asOf.moment(), Optional.ofNullable(sample), earlier);
        ctrlC.then(() -> laboratory.orchestrator().cancel(id, CtrlC.STOPPED));
        Run run = laboratory.await(
                id, RunProgress.shown(printed, prepared.definition()).andThen(_ -> meanwhile.accept(id)));
        RunView view = RunView.of(laboratory.notebook(folder), run);
        if (printed.asJson()) {
            printed.json(view);
        } else {
            view.print(printed);
        }
        return run.state();
    }

    private Variation variation() {
        return new Variation(
                new TreeMap<>(parameters), only.stream().map(StepName::new).toList());
    }
}
