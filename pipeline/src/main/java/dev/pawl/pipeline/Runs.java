package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What runs did, and do at this moment: read from the store alone, so that it can be asked for beside the server that runs them.
 * Safe for use by many threads.
 */
public final class Runs {
    /** So many runs, items or the like are read at a time at the most. */
    public static final int MOST_LISTED = 1_000;

    /** So many runs are looked through at the most where something of all of them is asked for. */
    public static final int MOST_SURVEYED = 10_000;

    /** The code of the error that says that a run is not there. */
    public static final String NO_RUN = "no-run";

    private static final int MOST_EXAMPLES = 3;

    private final Store store;
    private final RunStore runs = new RunStore();
    private final StepStore steps = new StepStore();
    private final SurveyStore surveys = new SurveyStore();

    public Runs(Store store) {
        this.store = store;
    }

    /**
     * Of a step that is fanned out, how many items it has and how many of them succeeded, or came from the cache.
     *
     * @param begun when the first of them was; empty before, and where all came from the cache
     */
    public record ItemCount(int all, int succeeded, Optional<Instant> begun) {
        static final ItemCount NONE = new ItemCount(0, 0, Optional.empty());

        ItemCount plus(ItemCount other) {
            var first = Stream.concat(begun.stream(), other.begun.stream()).min(Comparator.naturalOrder());
            return new ItemCount(all + other.all, succeeded + other.succeeded, first);
        }
    }

    public Run run(RunId run) {
        return find(run)
                .orElseThrow(
                        () -> PawlException.notFound(NO_RUN, "There is no run " + run + "; `pawl runs` lists them."));
    }

    /**
     * The run that is meant by its id or the beginning of it, with or without {@code run-}.
     *
     * @throws PawlException if no run's id begins so, or those of several do
     */
    public RunId named(String idOrBeginning) {
        RunId named = new RunId(idOrBeginning.contains("-") ? idOrBeginning : "run-" + idOrBeginning);
        List<RunId> found = store.database().read(tx -> runs.beginning(tx, named, MOST_EXAMPLES));
        if (found.isEmpty() || found.getFirst().equals(named)) {
            return run(named).spec().id();
        } else if (found.size() == 1) {
            return found.getFirst();
        }
        throw PawlException.user(
                "ambiguous-run",
                "Several runs begin with %s, for example %s; give more of the id".formatted(named, found));
    }

    /** Those that are not over, in the order in which they were submitted; {@value #MOST_LISTED} at the most. */
    public List<RunId> open() {
        return store.database().read(tx -> runs.openRuns(tx, MOST_LISTED));
    }

    public Optional<Run> find(RunId run) {
        return store.database().read(tx -> runs.find(tx, run));
    }

    /** Newest first. */
    public List<Run> newest(Optional<ProjectName> project, Optional<Purpose> purpose, int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw PawlException.user("bad-limit", "A list of runs has 1 to " + MOST_LISTED + " of them, not " + limit);
        }
        return store.database().read(tx -> runs.newest(tx, project, purpose, limit));
    }

    /**
     * Many runs with their last metrics and their data, in as many queries as there are kinds of rows.
     *
     * @param limit the newest ones; {@link #MOST_SURVEYED} at the most
     * @return newest first
     */
    public List<SurveyedRun> survey(Purpose purpose, int limit) {
        return store.database().read(tx -> surveys.newest(tx, purpose, Math.min(limit, MOST_SURVEYED)));
    }

    /** In the order of the definition, without the items of those that are fanned out. */
    public List<RunStep> steps(RunId run) {
        return store.database().read(tx -> steps.of(tx, run));
    }

    /**
     * A step of a run, or one of its items.
     *
     * @throws PawlException of kind NOT_FOUND, saying what there is instead
     */
    public RunStep step(RunId run, StepName step, Optional<Integer> item) {
        run(run);
        return store.database()
                .read(tx -> steps.find(tx, run, step, item.orElse(StepKey.WHOLE)))
                .orElseThrow(() -> noStep(run, step, item));
    }

    /** Some items of a step that is fanned out, from one on, in order. */
    public List<RunStep> items(RunId run, StepName step, int from, int limit) {
        return store.database().read(tx -> steps.items(tx, run, step, from, Math.min(limit, MOST_LISTED)));
    }

    /** Of the steps that are fanned out and whose items are known. */
    public Map<StepName, ItemCount> itemCounts(RunId run) {
        return store.database().read(tx -> steps.itemCounts(tx, run));
    }

    /** Of one step. */
    public ItemCount itemCount(RunId run, StepName step) {
        return store.database().read(tx -> steps.itemCount(tx, run, step));
    }

    /** By item and number. */
    public List<RunAttempt> attempts(RunId run, StepName step) {
        return store.database().read(tx -> steps.attempts(tx, run, step));
    }

    /** The newest one of a step or item; of a step that is fanned out, one of the first of its items that began. */
    public Optional<RunAttempt> attempt(RunStep step) {
        return store.database()
                .read(tx ->
                        steps.attempt(tx, step.run(), step.name(), step.item().orElse(StepKey.WHOLE)));
    }

    /** At all steps, in their order, then by item and number; {@value #MOST_SURVEYED} at the most. */
    public List<RunAttempt> attempts(RunId run) {
        return store.database().read(tx -> steps.attempts(tx, run, MOST_SURVEYED));
    }

    /** Attempts at any of its steps whose program runs now, the newest first; {@value #MOST_LISTED} at the most. */
    public List<RunAttempt> attemptsUnderWay(RunId run) {
        return store.database().read(tx -> steps.attemptsUnderWay(tx, run, MOST_LISTED));
    }

    /** In the order of the steps and of their reporting. */
    public List<MetricPoint> metrics(RunId run) {
        return store.database().read(tx -> steps.metrics(tx, run));
    }

    /** Of one metric, within the caller's transaction. */
    public List<MetricPoint> metrics(Tx tx, RunId run, StepName step, String metric) {
        return steps.metrics(tx, run, step, metric);
    }

    /** The run's view of each source of data, by source: artifacts whose digests are the digests of its data. */
    public SortedMap<String, Digest> snapshots(RunId run) {
        return store.database().read(tx -> runs.snapshots(tx, run));
    }

    /** Whether no run is open, on any server. */
    public boolean settled() {
        return store.database().read(runs::open) == 0;
    }

    /**
     * Asks whoever has a run to cancel it, with the programs of its steps; they look within a few seconds.
     *
     * @param because for people; it is the run's reason for its end
     * @return false if it had ended already, or was to be cancelled already
     */
    public boolean cancel(RunId run, String because) {
        return store.database().transact(tx -> runs.askToCancel(tx, run, because));
    }

    private PawlException noStep(RunId run, StepName step, Optional<Integer> item) {
        List<StepName> names = steps(run).stream().map(RunStep::name).toList();
        if (!names.contains(step)) {
            return PawlException.notFound("no-step", "Run %s has no step '%s'; it has %s".formatted(run, step, names));
        }
        int count = store.database().read(tx -> steps.countItems(tx, run, step));
        return PawlException.notFound(
                "no-item",
                count == 0
                        ? "Step '%s' of run %s was not fanned out: it has no items".formatted(step, run)
                        : "Step '%s' of run %s has the items 0 to %d, not %d"
                                .formatted(step, run, count - 1, item.orElse(StepKey.WHOLE)));
    }

    /** Whether a server that lives, as far as its lease tells, has the run. If not, nothing happens in it. */
    public boolean isAttended(RunId run) {
        return store.database()
                .read(tx -> runs.isAttended(tx, run, store.clock().now()));
    }
}
