package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiRun;
import dev.pawl.ci.Scope;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pawl check}. */
@Command(
        name = "check",
        description =
                "Makes the checks of CI on the working copy as it is, uncommitted changes included: what a push would"
                        + " be told. It is copied first, without what git ignores.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0: all passed; 1: a check did not.",
            "",
            "Examples:",
            "  pawl check",
            "  pawl check --only unit               the tests, without a run of the pipeline",
            "  pawl check --only unit.features,convergence",
            "  pawl check --json"
        })
final class CheckCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(100);

    @Mixin
    private Pools pools = new Pools();

    @Mixin
    private Printed printed = new Printed();

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Option(
            names = "--only",
            paramLabel = "CHECK",
            split = ",",
            arity = "1..*",
            description = "Only these checks, with what they need.")
    private List<String> only = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Path folder = ProjectFolder.require(project.folder());
        try (CtrlC ctrlC = CtrlC.watch();
                Laboratory laboratory = Laboratory.open(folder.resolve(Notebook.FOLDER), pools.places());
                LocalChecks checks = LocalChecks.of(laboratory, folder)) {
            CiRun run = checks.begin(Scope.only(only));
            ctrlC.then(() -> checks.cancel(run.id()));
            return new CiVerdict(await(checks.ci(), run.id())).tell(printed);
        }
    }

    private CiProgress await(Ci ci, CiRunId id) throws InterruptedException {
        Clock clock = Clock.system();
        Consumer<CiProgress> shown = CiProgress.shown(printed);
        CiProgress progress = CiProgress.of(ci, id, clock.now());
        while (!progress.run().state().isOver()) {
            shown.accept(progress);
            clock.sleep(POLL);
            progress = CiProgress.of(ci, id, clock.now());
        }
        shown.accept(progress);
        return progress;
    }
}
