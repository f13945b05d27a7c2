package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.experiment.StartedSweep.State;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SweepId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.FactReader;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Searches for good parameters, durably. Each trial is a run from a working copy, as any other. When one ends, its result, the
 * next trials and their runs are one transaction: whenever the process dies, no trial is lost and none is begun twice, and a
 * start goes on from there. Safe for use by many threads.
 */
public final class Sweeps implements AutoCloseable {
    private static final int MOST_TRIALS = 10_000;

    private final Store store;
    private final Definitions definitions;
    private final TrialRuns runs;
    private final SweepController controller;
    private final FactReader reader;

    public Sweeps(Store store, Definitions definitions, TrialRuns runs) {
        this.store = store;
        this.definitions = definitions;
        this.runs = runs;
        this.controller = new SweepController(store, definitions, runs);
        this.reader = store.reader("sweeps").on(Fact.RunFinished.class, (tx, _, fact) -> controller.finished(tx, fact));
    }

    /** Lets sweeps go on that are running. */
    public Sweeps start() {
        reader.start();
        return this;
    }

    @Override
    public void close() {
        reader.close();
    }

    /** What keeps the sweeps from going on, if anything does. */
    public Optional<String> trouble() {
        return reader.trouble();
    }

    /**
     * Starts a sweep of a working copy.
     *
     * @param asOf the moment in event time whose data all trials see
     * @param trials another number than pawl.yaml has; of a grid not more than it has combinations
     * @throws PawlException {@code no-sweep} if the definition has none of this name
     */
    public SweepId begin(Prepared prepared, String name, Instant asOf, Optional<Integer> trials) {
        Sweep sweep = SweepController.sweep(prepared.definition(), name);
        SweepId id = store.ids().next("sweep", SweepId::new);
        var started = new StartedSweep(
                id,
                name,
                prepared.definition().project(),
                prepared.folder().toString(),
                prepared.source(),
                prepared.packageDigest(),
                prepared.definitionDigest(),
                asOf,
                trials(sweep, trials),
                State.RUNNING,
                store.clock().now(),
                Optional.empty());
        store.database().change(tx -> {
            SweepStore.add(tx, started);
            controller.advance(tx, started);
        });
        return id;
    }

    /**
     * The newest sweep of this name that has not ended and is of the very same package and definition.
     *
     * @param trials if given, it must have as many
     */
    public Optional<StartedSweep> interrupted(Prepared prepared, String name, Optional<Integer> trials) {
        return store.database()
                .read(tx -> SweepStore.open(tx, name, prepared.packageDigest(), prepared.definitionDigest()))
                .filter(open -> trials.isEmpty() || open.trials() == trials(past().definition(open), trials));
    }

    /** Goes on with a sweep that was stopped or whose process died; one that has ended stays as it is. */
    public void resume(SweepId id) {
        store.database().change(tx -> {
            StartedSweep sweep = SweepStore.hold(tx, id).orElseThrow(() -> PastSweeps.unknown(id));
            if (sweep.state() != State.ENDED) {
                SweepStore.state(tx, id, State.RUNNING, Optional.empty());
                controller.advance(tx, sweep);
            }
        });
    }

    /** Begins no more trials and cancels those under way; {@link #resume} goes on where it was. */
    public void stop(SweepId id, String because) {
        store.database().transact(tx -> stop(tx, id)).forEach(run -> runs.cancel(run, because));
    }

    /** Stops what a process that died left running, apart from one sweep. */
    public void stopOthers(SweepId mine) {
        store.database().read(SweepStore::running).stream()
                .map(StartedSweep::id)
                .filter(id -> !id.equals(mine))
                .forEach(id -> stop(id, "sweep " + mine + " came first"));
    }

    /** What the sweeps did so far. */
    public PastSweeps past() {
        return new PastSweeps(store, definitions);
    }

    private static List<RunId> stopping(Tx tx, SweepId id) {
        List<RunId> running = SweepStore.trials(tx, id).stream()
                .filter(trial -> trial.state().isUnderWay())
                .map(Trial::run)
                .toList();
        running.forEach(run -> SweepStore.state(tx, run, Trial.State.STOPPING));
        return running;
    }

    private static List<RunId> stop(Tx tx, SweepId id) {
        StartedSweep sweep = SweepStore.hold(tx, id).orElseThrow(() -> PastSweeps.unknown(id));
        if (sweep.state() == State.ENDED) {
            return List.of();
        }
        SweepStore.state(tx, id, State.STOPPED, Optional.empty());
        return stopping(tx, id);
    }

    private static int trials(Sweep sweep, Optional<Integer> wanted) {
        if (wanted.filter(count -> count < 1 || count > MOST_TRIALS).isPresent()) {
            throw PawlException.user("bad-trials", "A sweep has 1 to " + MOST_TRIALS + " trials");
        }
        return switch (sweep.search()) {
            case GRID -> Math.min(sweep.trials(), wanted.orElse(sweep.trials()));
            case RANDOM, TPE -> wanted.orElse(sweep.trials());
        };
    }
}
