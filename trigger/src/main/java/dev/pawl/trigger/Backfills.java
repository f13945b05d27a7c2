package dev.pawl.trigger;

import dev.pawl.kernel.BackfillId;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.FactReader;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.trigger.BackfillMachine.Event;
import java.util.List;
import java.util.Optional;

/**
 * Backfills: runs of a deployed pipeline over the past. What happens to one, what its rows say of it and the runs that it hands
 * in because of that are one transaction each, so that no run is handed in twice or forgotten, whenever a server dies. The end of a
 * run, which comes as a fact, is what makes room for the next. Safe for use by many threads and servers.
 */
public final class Backfills implements Needs, AutoCloseable {
    /** Below the lowest priority that a definition can ask for: the past waits for the present. */
    static final int PRIORITY = -1_000;

    /** The most backfills, or runs of one, that one question is answered with. */
    public static final int MOST_LISTED = 1_000;

    private static final int LONGEST_REASON = 500;

    private final Store store;
    private final RunQueue runs;
    private final Cancelling cancelling;
    private final TriggerStore deployed = new TriggerStore();
    private final BackfillStore rows = new BackfillStore();
    private final FactReader reader;

    public Backfills(Store store, RunQueue runs, Cancelling cancelling) {
        this.store = store;
        this.runs = runs;
        this.cancelling = cancelling;
        this.reader = store.reader("backfill").on(Fact.RunFinished.class, (tx, _, fact) -> finished(tx, fact));
    }

    public Backfills start() {
        reader.start();
        return this;
    }

    @Override
    public void needs(Tx tx, Needed needed) {
        rows.needs(tx, needed);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** What keeps backfills from going on, if anything does. */
    public Optional<String> trouble() {
        return reader.trouble();
    }

    /**
     * Begins one with what the environment runs now; what is deployed later does not change it.
     *
     * @throws PawlException not found, when the environment has no pipeline of the project
     */
    public Backfill begin(ProjectName project, EnvironmentName environment, BackfillPlan plan, String reason) {
        if (reason.length() > LONGEST_REASON) {
            throw PawlException.user(
                    "reason-too-long",
                    "A reason has at most " + LONGEST_REASON + " characters, this one has " + reason.length());
        }
        return store.database().transact(tx -> {
            DeployedPipeline pipeline = deployed.deployed(tx, project, environment)
                    .orElseThrow(() -> Trigger.notDeployed(deployed.deployed(tx), project, environment));
            BackfillId id = store.ids().next("backfill", BackfillId::new);
            Tally none = Tally.of(plan.moments().size());
            Backfill begun = new Backfill(
                    id,
                    pipeline,
                    plan,
                    reason,
                    BackfillState.RUNNING,
                    none,
                    store.clock().now(),
                    Optional.empty());
            rows.insert(tx, begun);
            handIn(tx, begun, begun.machine());
            return rows.find(tx, id).orElseThrow();
        });
    }

    public Backfill get(BackfillId id) {
        return store.database().read(tx -> rows.find(tx, id).orElseThrow(() -> unknown(id)));
    }

    /** Newest first. */
    public List<Backfill> newest(Optional<ProjectName> project, int limit) {
        return store.database().read(tx -> rows.newest(tx, project, Math.min(limit, MOST_LISTED)));
    }

    /** In the order of event time, from a place on. */
    public List<BackfillRun> runs(BackfillId id, int from, int limit) {
        return store.database().read(tx -> rows.runs(tx, id, from, Math.min(limit, MOST_LISTED)));
    }

    /** The first ones that stand so. */
    public List<BackfillRun> runs(BackfillId id, BackfillRun.State state, int limit) {
        return store.database().read(tx -> rows.runs(tx, id, state, Math.min(limit, MOST_LISTED)));
    }

    /** Hands in no more runs; those under way go on. */
    public Backfill pause(BackfillId id) {
        return ask(id, new Event.PauseAsked(), "paused: only one that is running can be");
    }

    public Backfill resume(BackfillId id) {
        return ask(id, new Event.ResumeAsked(), "resumed: only one that is paused can be");
    }

    /** Hands in no more runs and cancels those under way. */
    public Backfill cancel(BackfillId id) {
        return ask(id, new Event.CancelAsked(), "cancelled: only one that is running or paused can be");
    }

    /** Runs what failed or was cancelled once more; each run takes over the steps that the one before it finished. */
    public Backfill rerun(BackfillId id) {
        return ask(id, new Event.RerunAsked(), "run again: none of its runs failed, or it was cancelled");
    }

    private Backfill ask(BackfillId id, Event event, String otherwise) {
        return store.database().transact(tx -> {
            Backfill backfill = rows.hold(tx, id).orElseThrow(() -> unknown(id));
            if (!happen(tx, backfill, event)) {
                throw PawlException.conflict(
                        "backfill-state", "Backfill " + id + " is " + backfill.state() + " and cannot be " + otherwise);
            }
            return rows.find(tx, id).orElseThrow();
        });
    }

    private void finished(Tx tx, Fact.RunFinished fact) {
        rows.waitingFor(tx, fact.runId()).flatMap(id -> rows.hold(tx, id)).ifPresent(backfill -> {
            if (rows.waitingFor(tx, fact.runId()).isPresent()) {
                happen(tx, backfill, new Event.RunEnded(fact.outcome()));
                rows.ended(tx, fact.runId(), fact.outcome(), fact.because());
            }
        });
    }

    /** @return false if the machine refuses the event */
    private boolean happen(Tx tx, Backfill backfill, Event event) {
        Optional<BackfillMachine.State> next = BackfillMachine.on(backfill.machine(), event);
        next.ifPresent(state -> {
            carryOut(tx, backfill, event);
            handIn(tx, backfill, state);
        });
        return next.isPresent();
    }

    private void carryOut(Tx tx, Backfill backfill, Event event) {
        switch (event) {
            case Event.CancelAsked _ -> {
                rows.giveUp(tx, backfill.id());
                rows.runs(tx, backfill.id(), BackfillRun.State.UNDER_WAY, BackfillPlan.MOST_PARALLEL)
                        .forEach(run -> run.run()
                                .ifPresent(id ->
                                        cancelling.cancel(tx, id, "its backfill " + backfill.id() + " was cancelled")));
            }
            case Event.RerunAsked _ -> rows.again(tx, backfill.id());
            case Event.HandedIn _, Event.RunEnded _, Event.PauseAsked _, Event.ResumeAsked _ -> {}
        }
    }

    /** Hands in what is due now and keeps where the backfill stands after that. */
    private void handIn(Tx tx, Backfill backfill, BackfillMachine.State state) {
        int due = BackfillMachine.due(state, backfill.plan().parallel());
        rows.runs(tx, backfill.id(), BackfillRun.State.WAITING, due).forEach(moment -> handIn(tx, backfill, moment));
        BackfillMachine.State after = due == 0
                ? state
                : BackfillMachine.on(state, new Event.HandedIn(due)).orElseThrow();
        rows.stands(tx, backfill.id(), BackfillState.of(after), store.clock().now());
    }

    private void handIn(Tx tx, Backfill backfill, BackfillRun moment) {
        RunId id = store.ids().next("run", RunId::new);
        RunSpec spec = spec(backfill, moment, moment.run().orElse(id));
        runs.submit(tx, moment.run().isPresent() ? spec.resuming(id) : spec);
        rows.handedIn(tx, backfill.id(), moment.place(), id);
    }

    private static RunSpec spec(Backfill backfill, BackfillRun moment, RunId id) {
        DeployedPipeline pipeline = backfill.pipeline();
        return new RunSpec(
                        id,
                        pipeline.project(),
                        Fact.Purpose.BACKFILL,
                        Optional.of(pipeline.environment()),
                        pipeline.packageDigest(),
                        pipeline.definition(),
                        moment.asOf(),
                        Optional.empty(),
                        backfill.reason())
                .withPriority(PRIORITY)
                .partOf(backfill.id().value());
    }

    private static PawlException unknown(BackfillId id) {
        return PawlException.notFound(
                "no-backfill", "There is no backfill '" + id + "'; 'pawl backfill list' shows those that there are");
    }
}
