package dev.pawl.monitoring;

import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.PredictionId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.FactReader;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.util.List;
import java.util.Optional;

/**
 * Stage 6: logs predictions, joins labels, closes windows of event time and decides by each model's own reference performance
 * whether it has decayed. Gives {@link Fact.WindowClosed}, {@link Fact.PerformanceDecayed} and {@link
 * Fact.ExperimentRequested}. Safe for use by many threads.
 */
public final class Monitoring implements AutoCloseable {
    public static final Schema SCHEMA = new Schema("monitoring", Monitoring.class, 1);

    /** The most rows that one question is answered with. */
    public static final int MOST_ROWS = 1_000;

    private final Store store;
    private final Definitions definitions;
    private final PredictionStore predictions = new PredictionStore();
    private final WatchStore watches = new WatchStore();
    private final WindowStore windowStore = new WindowStore();
    private final PredictionLog log;
    private final Labels labels;
    private final References references;
    private final FactReader reader;
    private final Worker worker;

    public Monitoring(Store store, Definitions definitions, ReferencePerformance performance) {
        this.store = store;
        this.definitions = definitions;
        Windows windows = new Windows(store.ledger(), watches, windowStore);
        this.log = new PredictionLog(store.database(), store.clock(), predictions);
        this.labels = new Labels(store.clock(), predictions, watches, windows);
        this.references = new References(store.database(), store.jobs(), performance, watches, windows);
        this.worker = store.worker(References.QUEUE, references);
        this.reader = store.reader("monitoring")
                .on(Fact.RunRequested.class, (tx, _, fact) -> requested(tx, fact))
                .on(Fact.ModelRegistered.class, (tx, _, fact) -> registered(tx, fact))
                .on(Fact.ModelDeployed.class, (tx, _, fact) -> deployed(tx, fact))
                .on(Fact.ModelRejected.class, (tx, _, fact) -> watches.reject(tx, fact.version()));
    }

    public Monitoring start() {
        log.start();
        reader.start();
        worker.start(1);
        return this;
    }

    /** Writes the predictions that wait to be logged, then ends. */
    @Override
    public void close() {
        log.close();
        worker.close();
        reader.close();
    }

    /**
     * Logs predictions; when it returns they are on disk. An id that was used before for the same inputs gives the recorded
     * prediction, and nothing is logged twice. All predictions of a call are logged, or none.
     *
     * @return the recorded predictions, in the order of the call
     * @throws dev.pawl.kernel.PawlException conflict, when an id was used for other inputs or another model; limit, when too
     *     many wait to be logged
     */
    public List<LoggedPrediction> record(List<LoggedPrediction> call) {
        return log.record(call);
    }

    /**
     * Stores labels, moves the model's watermark to the latest {@code knownAt} and closes the windows that are due: all of it
     * or, when one label is wrong, nothing. The same label again does no harm.
     *
     * @throws dev.pawl.kernel.PawlException user error for an unknown prediction or a value that is no number; conflict for a
     *     prediction with another label; limit for more than 10,000 labels
     */
    public void labels(ModelName model, List<Label> request) {
        labels.requireUsable(request);
        store.database().change(tx -> labels.add(tx, model, request));
    }

    public Optional<LabelledPrediction> prediction(PredictionId id) {
        return store.database().read(tx -> predictions.labelled(tx, id));
    }

    /** The closed windows of all the model's versions, newest first. */
    public List<LiveWindow> windows(ModelName model, int limit) {
        return store.database().read(tx -> windowStore.newest(tx, model, Math.min(limit, MOST_ROWS)));
    }

    public MonitoringSummary summary(ModelName model) {
        return store.database().read(tx -> summary(tx, model));
    }

    /** How many versions wait for their reference performance. */
    public long openWork(Tx tx) {
        return store.jobs().open(tx, References.QUEUE);
    }

    /** Whether every fact that concerns monitoring has been handled. */
    public boolean caughtUp(Tx tx) {
        return reader.caughtUp(tx);
    }

    /** What keeps monitoring from going on, if anything does. */
    public Optional<String> trouble() {
        return reader.trouble();
    }

    List<LabelledPrediction> page(ModelName model, boolean labelled, Cursor after, int limit) {
        return store.database().read(tx -> predictions.page(tx, model, labelled, after, Math.min(limit, MOST_ROWS)));
    }

    private void requested(Tx tx, Fact.RunRequested fact) {
        if (fact.reason().trigger() == Fact.Trigger.DECAY) {
            watches.addDecayRun(tx, fact.runId());
        }
    }

    private void registered(Tx tx, Fact.ModelRegistered fact) {
        watches.register(tx, fact, watches.isDecayRun(tx, fact.runId()));
    }

    private void deployed(Tx tx, Fact.ModelDeployed fact) {
        Optional<MonitorPlan> plan = definitions.get(fact.definition()).monitor();
        watches.crown(tx, fact, plan);
        boolean unlimited =
                watches.find(tx, fact.version()).flatMap(Watch::limit).isEmpty();
        if (plan.isPresent() && unlimited) {
            references.request(tx, fact.version());
        }
    }

    private MonitoringSummary summary(Tx tx, ModelName model) {
        Optional<Watch> watch = watches.champion(tx, model);
        PredictionStore.Counts counts = predictions.counts(tx, model);
        return new MonitoringSummary(
                model,
                watch.map(Watch::version),
                watch.flatMap(Watch::plan).map(MonitorPlan::metric),
                watch.flatMap(Watch::limit).map(ErrorLimit::mean),
                watch.flatMap(Watch::limit).map(ErrorLimit::value),
                watch.flatMap(Watch::limit).map(ErrorLimit::test).or(() -> watch.flatMap(Watch::trouble)),
                watches.watermark(tx, model),
                counts.predictions(),
                counts.labels(),
                watch.map(Watch::rejected).orElse(0));
    }
}
