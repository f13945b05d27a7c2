package dev.pawl.pipeline;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunMachine.Event;
import dev.pawl.store.FactReader;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Runs pipelines, durably: what a finished step gave is never lost nor made twice, whenever the server dies. Steps run as
 * processes of their own, as many at a time as the settings say. Every run ends in one {@link Fact.RunFinished}.
 *
 * <p>Safe for use by many threads. One orchestrator at a time may use a work folder.
 */
public final class Orchestrator implements RunQueue, AutoCloseable {
    public static final Schema SCHEMA = new Schema("pipeline", Orchestrator.class, 1);
    private static final int MOST_LISTED = 1_000;

    private final Parts parts;
    private final FactReader reader;
    private final Worker worker;

    /** What the orchestrator is made of; wired once, here. */
    record Parts(
            Store store,
            Definitions definitions,
            ExecutorSettings settings,
            RunStore runs,
            StepStore steps,
            StepCacheStore cache,
            Commands commands,
            RunningSteps running,
            RunChanges changes,
            Packages packages,
            Path scratch) {}

    /** @param workFolder for unpacked packages and scratch folders; nothing in it must be kept */
    public Orchestrator(Store store, Definitions definitions, Path workFolder, ExecutorSettings settings) {
        this.parts = wire(store, definitions, workFolder.toAbsolutePath().normalize(), settings);
        this.reader = store.reader("orchestrator").on(Fact.RunRequested.class, (tx, _, fact) -> requested(tx, fact));
        this.worker = store.worker(RunChanges.QUEUE, new StepExecutor(parts));
    }

    /** Ends what a server that died left running, then goes on where it stopped. */
    public Orchestrator start() {
        new StepProcess(parts).endLeftovers(parts.store().database().read(parts.steps()::processes));
        Folders.delete(parts.scratch());
        Folders.make(parts.scratch());
        reader.start();
        worker.start(parts.settings().parallel());
        return this;
    }

    @Override
    public void submit(Tx tx, RunSpec run) {
        parts.changes().submit(tx, run);
    }

    /**
     * Ends a run as cancelled, with the processes of its steps.
     *
     * @param because for people; it is the run's reason for its end
     * @return false if it had ended already
     */
    public boolean cancel(RunId run, String because) {
        return parts.store()
                .database()
                .transact(tx -> parts.changes().on(tx, run, new Event.CancelRequested(because), () -> {}));
    }

    public Run run(RunId run) {
        return find(run).orElseThrow(() -> RunChanges.unknown(run));
    }

    public Optional<Run> find(RunId run) {
        return parts.store().database().read(tx -> parts.runs().find(tx, run));
    }

    /** Newest first. */
    public List<Run> runs(Optional<ProjectName> project, Optional<Purpose> purpose, int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw PawlException.user("bad-limit", "A list of runs has 1 to " + MOST_LISTED + " of them, not " + limit);
        }
        return parts.store().database().read(tx -> parts.runs().newest(tx, project, purpose, limit));
    }

    /** In the order of the definition. */
    public List<RunStep> steps(RunId run) {
        return parts.store().database().read(tx -> parts.steps().of(tx, run));
    }

    /** In the order of the steps and of their reporting. */
    public List<MetricPoint> metrics(RunId run) {
        return parts.store().database().read(tx -> parts.steps().metrics(tx, run));
    }

    /** The run's view of each source of data, by source: artifacts whose digests are the digests of its data. */
    public SortedMap<String, Digest> snapshots(RunId run) {
        return parts.store().database().read(tx -> parts.runs().snapshots(tx, run));
    }

    /** Stops; steps under way are ended, and made again by the next start. */
    @Override
    public void close() {
        reader.close();
        worker.close();
    }

    private void requested(Tx tx, Fact.RunRequested fact) {
        submit(
                tx,
                new RunSpec(
                        fact.runId(),
                        fact.project(),
                        Purpose.PRODUCTION,
                        Optional.of(fact.environment()),
                        fact.packageDigest(),
                        fact.definition(),
                        fact.asOf(),
                        Optional.empty(),
                        fact.reason().text()));
    }

    private static Parts wire(Store store, Definitions definitions, Path folder, ExecutorSettings settings) {
        RunStore runs = new RunStore();
        StepStore steps = new StepStore();
        Commands commands = new Commands(store.clock(), settings.javaHome());
        RunningSteps running = new RunningSteps(commands);
        return new Parts(
                store,
                definitions,
                settings,
                runs,
                steps,
                new StepCacheStore(),
                commands,
                running,
                new RunChanges(store, definitions, runs, steps, running),
                new Packages(folder.resolve("packages"), store.artifacts(), store.ids()),
                folder.resolve("scratch"));
    }
}
