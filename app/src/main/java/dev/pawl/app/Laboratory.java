package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiSettings;
import dev.pawl.ci.SourceCode;
import dev.pawl.definition.Definition;
import dev.pawl.definition.ModelPlan;
import dev.pawl.executor.Commands;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Executors;
import dev.pawl.executor.LocalSettings;
import dev.pawl.experiment.Experiments;
import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.experiment.Sweeps;
import dev.pawl.experiment.TrialRuns;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.packaging.Packaging;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunState;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.FolderLock;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Stage 1 on this machine: the server's orchestrator over an embedded store in the working copy. */
final class Laboratory implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(30);

    /** How often a run under way is shown: faster is no use to anybody. */
    private static final Duration SHOW = Duration.ofMillis(100);

    private final FolderLock lock;
    private final Path folder;
    private final Store store;
    private final Executor executor;
    private final Definitions definitions;
    private final Orchestrator orchestrator;
    private final Experiments experiments;
    private final Secrets secrets;
    private final Places places;
    private final Sweeps sweeps;
    private List<RunId> interrupted = List.of();

    private Laboratory(FolderLock lock, Path folder, Places places) {
        this.lock = lock;
        this.places = places;
        this.store = Store.embedded(
                folder,
                Clock.system(),
                Ids.system(),
                List.of(Orchestrator.SCHEMA, Experiments.SCHEMA, Packaging.SCHEMA, Ci.SCHEMA));
        this.secrets = SecretFolder.in(folder, store.clock(), store.ids());
        this.definitions = new Definitions(store.artifacts());
        this.folder = folder;
        this.executor = Executors.local(store.clock(), LocalSettings.ofThisMachine(), folder.resolve("runs"));
        this.orchestrator = new Orchestrator(store, definitions, folder.resolve("runs"), executor, places, secrets);
        var commands = new Commands(store.clock(), OwnJvm.javaHome());
        this.experiments = new Experiments(store, definitions, orchestrator, commands, OwnJvm.javaHome());
        this.sweeps = new Sweeps(store, definitions, TrialRuns.of(orchestrator));
    }

    /** @param places for steps */
    static Laboratory open(Path folder, Places places) {
        FolderLock lock = FolderLock.take(ProjectFolder.makeUnversioned(folder));
        try {
            var laboratory = new Laboratory(lock, folder, places);
            laboratory.interrupted = laboratory.orchestrator.runs().open();
            laboratory.orchestrator.start();
            return laboratory;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The runs that an earlier process left open: they are taken up again, and go on as long as this is open. */
    Interrupted interrupted() {
        return new Interrupted(orchestrator.runs(), interrupted);
    }

    /** The same runs, for reading; it is closed with the laboratory. */
    Notebook notebook(Path project) {
        return new Notebook(project, store);
    }

    /** Builds and keeps a working copy of which a run can be made here. */
    Prepared prepare(Path copy, boolean build, Variation variation) throws InterruptedException {
        return experiments.prepare(copy, build, copy.resolve(Notebook.FOLDER).resolve("build.log"), variation);
    }

    /**
     * Fails if this machine does not have what the steps of a working copy need.
     *
     * @param without steps that will not run
     */
    void require(Prepared prepared, Set<StepName> without) {
        new Provisions(secrets, prepared.folder(), places).require(prepared.definition(), without);
    }

    Experiments experiments() {
        return experiments;
    }

    /** They go on once they are started, which is for who wants one of them to. */
    Sweeps sweeps() {
        return sweeps;
    }

    /** The server's CI on the same engine, with its cache. It is to be started and closed by the caller. */
    Ci ci(SourceCode source, CiSettings settings) {
        var instances = new ProcessInstances(store, folder.resolve("instances"));
        var engine = PipelineCi.engine(orchestrator, instances, executor);
        var packaging = PipelineCi.packaging(folder, store, secrets);
        return new Ci(store, definitions, engine, source, packaging, folder.resolve("ci"), settings);
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    Store store() {
        return store;
    }

    Definition definition(Run run) {
        return definitions.get(run.spec().definition());
    }

    Run await(RunId id) throws InterruptedException {
        return await(id, _ -> {});
    }

    /** @param watch is shown the run again and again meanwhile, and at the end */
    Run await(RunId id, Consumer<RunProgress> watch) throws InterruptedException {
        Run run = orchestrator.run(id);
        Instant show = Instant.MIN;
        while (!run.state().isOver()) {
            Instant now = store.clock().now();
            if (!now.isBefore(show)) {
                watch.accept(RunProgress.of(orchestrator.runs(), id, now));
                show = now.plus(SHOW);
            }
            store.clock().sleep(POLL);
            run = orchestrator.run(id);
        }
        watch.accept(RunProgress.of(orchestrator.runs(), id, store.clock().now()));
        return run;
    }

    /** The ONNX file that a successful run gave. */
    Digest modelOf(Run run) {
        if (run.state() != RunState.SUCCEEDED) {
            throw PawlException.external(
                    "run-failed",
                    "Run " + run.spec().id() + " " + run.state() + ": " + run.because(),
                    new IOException("run"));
        }
        ModelPlan plan = definition(run)
                .model()
                .orElseThrow(() -> PawlException.user("no-model", "pawl.yaml declares no model"));
        return orchestrator.steps(run.spec().id()).stream()
                .filter(step -> step.name().equals(plan.from()))
                .flatMap(step -> step.outputs().values().stream())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        sweeps.close();
        orchestrator.close();
        store.close();
        lock.close();
    }
}
