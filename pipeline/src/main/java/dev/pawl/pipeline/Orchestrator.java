package dev.pawl.pipeline;

import dev.pawl.executor.Executor;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.FactReader;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Runs pipelines, durably: what a finished step gave is never lost nor made twice, whenever a server dies. Several of them, each
 * on its own machine or folder, share the runs of one database. Every run ends in one {@link Fact.RunFinished}.
 *
 * <p>Safe for use by many threads. One orchestrator at a time may use a work folder.
 */
public final class Orchestrator implements RunQueue, AutoCloseable {
    public static final Schema SCHEMA = new Schema("pipeline", Orchestrator.class, 2);

    private final Store store;
    private final Definitions definitions;
    private final RunStore rows = new RunStore();
    private final StepStore steps = new StepStore();
    private final Runs runs;
    private final StepTrials trials;
    private final Executor executor;
    private final Path scratch;
    private final Claims claims;
    private final Dispatcher dispatcher;
    private final Engine engine;
    private final FactReader reader;

    /**
     * @param workFolder for unpacked packages and scratch folders; what must be kept in it is who this server is
     * @param executor runs the programs of steps; closed with the orchestrator
     */
    public Orchestrator(
            Store store, Definitions definitions, Path workFolder, Executor executor, Places places, Secrets secrets) {
        this(store, definitions, workFolder, executor, places, secrets, RunEvent.Listener.none());
    }

    /** @param listener is told of what happens to runs and steps */
    public Orchestrator(
            Store store,
            Definitions definitions,
            Path workFolder,
            Executor executor,
            Places places,
            Secrets secrets,
            RunEvent.Listener listener) {
        Path folder = Folders.make(workFolder.toAbsolutePath().normalize());
        this.store = store;
        this.definitions = definitions;
        this.runs = new Runs(store);
        this.executor = executor;
        this.scratch = folder.resolve("scratch");
        ServerIdentity identity = ServerIdentity.in(folder, store.ids());
        this.claims = new Claims(store, new ServerStore(), identity.id(), identity.host());
        Packages packages = new Packages(folder.resolve("packages"), store.artifacts(), store.ids());
        StepSecrets stepSecrets = new StepSecrets(secrets);
        this.trials = new StepTrials(store, executor, packages, stepSecrets, scratch);
        StepAttempt attempts = new StepAttempt(
                store,
                executor,
                packages,
                new Sources(store, rows),
                new StepCache(store, new StepCacheStore()),
                stepSecrets,
                places.byPool().keySet(),
                scratch,
                this::tell);
        this.dispatcher = new Dispatcher(places, attempts::make);
        this.engine = new Engine(
                store,
                rows,
                claims,
                new RunLoader(store, rows, steps, definitions, identity, executor),
                new ChangeStore(identity, listener),
                dispatcher);
        this.reader = store.reader("orchestrator").on(Fact.RunRequested.class, (tx, _, fact) -> requested(tx, fact));
    }

    private void tell(Signal signal) {
        engine.tell(signal);
    }

    /** Ends what an earlier server of this folder left running, then goes on where it stopped. */
    public Orchestrator start() {
        executor.endLeftovers(store.database().read(tx -> steps.leftovers(tx, claims.server())));
        Folders.delete(scratch);
        Folders.make(scratch);
        claims.enter();
        engine.start();
        reader.start();
        return this;
    }

    @Override
    public void submit(Tx tx, RunSpec run) {
        if (run.sample().filter(rows -> rows < 1).isPresent()) {
            throw PawlException.user("bad-sample", "A sample must have at least 1 row");
        }
        if (rows.insert(tx, run, store.clock().now())) {
            run.reproduces().ifPresent(earlier -> rows.copySnapshots(tx, earlier, run.id()));
            tx.afterCommit(engine::look);
        }
    }

    /**
     * Asks for a run to be cancelled, with the programs of its steps, whichever server has it.
     *
     * @param because for people; it is the run's reason for its end
     * @return false if it had ended already, or was to be cancelled already
     */
    public boolean cancel(RunId run, String because) {
        return store.database().transact(tx -> cancel(tx, run, because));
    }

    /** The same within the caller's transaction. */
    public boolean cancel(Tx tx, RunId run, String because) {
        tx.afterCommit(engine::look);
        return rows.askToCancel(tx, run, because);
    }

    /** Hands in a run that takes over what an earlier one finished, and makes what that one did not. */
    public RunId resume(RunId earlier) {
        RunSpec next = resumption(earlier);
        store.database().change(tx -> submit(tx, next));
        return next.id();
    }

    /** What to hand in so that an earlier run goes on from where it stopped. */
    public RunSpec resumption(RunId earlier) {
        Run run = run(earlier);
        if (!run.state().isOver() || run.state() == RunState.SUCCEEDED) {
            throw PawlException.conflict(
                    "nothing-to-resume",
                    "Run " + earlier + " is " + run.state() + ": only one that failed or was cancelled can be resumed");
        }
        return run.spec().resuming(store.ids().next("run", RunId::new));
    }

    /** Hands in a run that makes an earlier one again. */
    public RunId reproduce(RunId earlier) {
        RunSpec next = reproduction(earlier);
        store.database().change(tx -> submit(tx, next));
        return next.id();
    }

    /** What to hand in to make an earlier run again from all that it was made of. */
    public RunSpec reproduction(RunId earlier) {
        Run run = run(earlier);
        if (!run.state().isOver()) {
            throw PawlException.conflict(
                    "still-running", "Run " + earlier + " is still " + run.state() + ": wait for its end");
        }
        Stream.concat(
                        Stream.of(run.spec().packageDigest(), run.spec().definition()),
                        snapshots(earlier).values().stream())
                .filter(needed -> !store.artifacts().has(needed))
                .findFirst()
                .ifPresent(gone -> {
                    throw PawlException.notFound(
                            "artifact-gone",
                            "Run %s cannot be made again: its artifact %s is not kept any more"
                                    .formatted(earlier, gone));
                });
        return run.spec().reproducing(store.ids().next("run", RunId::new));
    }

    /** What there is to know of the runs. */
    public Runs runs() {
        return runs;
    }

    /** Runs steps by themselves, with the packages, executor and secrets of the runs. */
    public StepTrials trials() {
        return trials;
    }

    public Run run(RunId run) {
        return runs.run(run);
    }

    public Optional<Run> find(RunId run) {
        return runs.find(run);
    }

    /** Newest first. */
    public List<Run> runs(Optional<ProjectName> project, Optional<Purpose> purpose, int limit) {
        return runs.newest(project, purpose, limit);
    }

    public List<RunStep> steps(RunId run) {
        return runs.steps(run);
    }

    public List<RunStep> items(RunId run, StepName step, int from, int limit) {
        return runs.items(run, step, from, limit);
    }

    public List<RunAttempt> attempts(RunId run, StepName step) {
        return runs.attempts(run, step);
    }

    public List<MetricPoint> metrics(RunId run) {
        return runs.metrics(run);
    }

    /** As {@link #metrics(RunId)}, within the caller's transaction. */
    public List<MetricPoint> metrics(Tx tx, RunId run) {
        return steps.metrics(tx, run);
    }

    public SortedMap<String, Digest> snapshots(RunId run) {
        return runs.snapshots(run);
    }

    /** Whether no run is open, on any server. */
    public boolean settled() {
        return runs.settled();
    }

    /** What keeps the engine from going on, if anything does. */
    public Optional<String> trouble() {
        return engine.trouble();
    }

    /** Stops; steps under way are ended, and made again by the next start or by another server. */
    @Override
    public void close() {
        reader.close();
        dispatcher.stop();
        engine.stop();
        claims.leave();
        executor.close();
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
                                fact.reason().text())
                        .withPriority(priority(fact.definition())));
    }

    /** A definition that cannot be read makes its run fail; here it is no reason to stop reading facts. */
    private int priority(Digest definition) {
        try {
            return definitions.get(definition).rules().priority();
        } catch (PawlException e) {
            return 0;
        }
    }
}
