package dev.pawl.trigger;

import dev.pawl.definition.Definition;
import dev.pawl.definition.TriggerRule;
import dev.pawl.definition.TriggerRule.OnDecay;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.FactReader;
import dev.pawl.store.Ledger;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Stage 4: asks for runs of deployed pipelines, on demand, by schedule, for new data and because of decay. Gives {@link
 * Fact.RunRequested} and {@link Fact.RunMerged}. Safe for use by many threads.
 */
public final class Trigger implements Needs, AutoCloseable {
    public static final Schema SCHEMA = new Schema("trigger", Trigger.class, 2);

    private static final int LONGEST_REASON = 500;

    private final Store store;
    private final Definitions definitions;
    private final TriggerStore rows = new TriggerStore();
    private final Requests requests;
    private final Poll poll;
    private final FactReader reader;

    public Trigger(Store store, Definitions definitions, DataRows data) {
        this.store = store;
        this.definitions = definitions;
        this.requests = new Requests(rows, store.ledger(), store.ids());
        this.poll = new Poll(
                store.database(),
                store.clock(),
                rows,
                new Schedule(store.database(), rows, definitions, requests),
                new NewData(store.database(), rows, definitions, data, requests));
        this.reader = store.reader("trigger")
                .on(Fact.PipelineDeployed.class, this::deployed)
                .on(Fact.RunFinished.class, (tx, _, fact) -> finished(tx, fact))
                .on(
                        Fact.WindowClosed.class,
                        (tx, entry, fact) -> eventTime(tx, entry, fact.project(), fact.environment(), fact.closedAt()))
                .on(Fact.PerformanceDecayed.class, this::decayed);
    }

    public Trigger start() {
        reader.start();
        poll.start();
        return this;
    }

    @Override
    public void needs(Tx tx, Needed needed) {
        rows.needs(tx, needed);
    }

    @Override
    public void close() {
        poll.close();
        reader.close();
    }

    /**
     * Asks for a run on demand. While another run of the same environment is under way, that one answers.
     *
     * @param asOf the moment in event time whose data the run sees; the environment's present if empty
     * @throws PawlException not found, when the environment has no pipeline of the project
     */
    public Answer request(ProjectName project, EnvironmentName environment, Optional<Instant> asOf, String reason) {
        if (reason.length() > LONGEST_REASON) {
            throw PawlException.user(
                    "reason-too-long",
                    "A reason has at most " + LONGEST_REASON + " characters, this one has " + reason.length());
        }
        return store.database().transact(tx -> {
            DeployedPipeline pipeline = rows.deployed(tx, project, environment)
                    .orElseThrow(() -> notDeployed(rows.deployed(tx), project, environment));
            Instant now = store.clock().now();
            TriggerState state = rows.hold(tx, project, environment, now);
            return requests.make(
                    tx,
                    pipeline,
                    state,
                    new Decision.Request(
                            new Fact.Reason(Fact.Trigger.ON_DEMAND, reason),
                            asOf.orElse(state.present(now)),
                            asOf.isPresent(),
                            Duration.ZERO));
        });
    }

    /** The project's deployed pipelines with what may start them, by environment. */
    public List<Triggers> triggers(ProjectName project) {
        return store.database()
                .read(tx -> rows.deployed(tx).stream()
                        .filter(pipeline -> pipeline.project().equals(project))
                        .map(pipeline -> triggers(tx, pipeline))
                        .toList());
    }

    /** How many runs were asked for and have not ended. */
    public long openRuns(Tx tx) {
        return rows.openRuns(tx);
    }

    /** Whether every fact that concerns triggers has been handled. */
    public boolean caughtUp(Tx tx) {
        return reader.caughtUp(tx);
    }

    /**
     * Whether schedules and new data were looked at since the last fact was handled. Until then a run may still be asked for,
     * of which neither the ledger nor a job knows: who wants to know whether all is quiet asks before and after reading those.
     */
    public boolean settled() {
        return poll.settled();
    }

    /** What keeps triggers from going on, if anything does. */
    public Optional<String> trouble() {
        return reader.trouble().or(poll::trouble);
    }

    /** Looks at schedules and new data now, instead of at the next poll. */
    void check() throws InterruptedException {
        poll.check();
    }

    private void deployed(Tx tx, Ledger.Entry entry, Fact.PipelineDeployed fact) {
        DeployedPipeline pipeline = new DeployedPipeline(
                fact.project(), fact.environment(), fact.packageDigest(), fact.definition(), entry.at());
        Optional<Definition> before =
                rows.deployed(tx, fact.project(), fact.environment()).map(it -> definitions.get(it.definition()));
        rows.hold(tx, fact.project(), fact.environment(), entry.at());
        rows.deploy(tx, pipeline);
        List<TriggerRule.OnSchedule> schedule = Schedule.rules(definitions.get(fact.definition()));
        if (!before.map(Schedule::rules).equals(Optional.of(schedule))) {
            rows.scheduleSince(
                    tx, pipeline, entry.at()); // what a new schedule would have fired before counts for nothing
        }
        ring(tx);
    }

    private void finished(Tx tx, Fact.RunFinished fact) {
        fact.environment().ifPresent(environment -> {
            rows.finished(tx, fact.project(), environment, fact.runId());
            if (fact.outcome() != Fact.Outcome.SUCCEEDED) {
                rows.failed(tx, fact.project(), environment, fact.runId());
            }
        });
        ring(tx);
    }

    private void ring(Tx tx) {
        poll.expect();
        tx.afterCommit(poll::ring);
    }

    private TriggerState eventTime(
            Tx tx, Ledger.Entry entry, ProjectName project, EnvironmentName environment, Instant at) {
        TriggerState state = rows.hold(tx, project, environment, entry.at());
        rows.eventTime(tx, project, environment, at);
        ring(tx);
        return state;
    }

    private void decayed(Tx tx, Ledger.Entry entry, Fact.PerformanceDecayed fact) {
        TriggerState state = eventTime(tx, entry, fact.project(), fact.environment(), fact.at());
        rows.deployed(tx, fact.project(), fact.environment())
                .ifPresent(pipeline -> definitions.get(pipeline.definition()).triggers().stream()
                        .filter(OnDecay.class::isInstance)
                        .findFirst()
                        .ifPresent(rule -> requests.make(tx, pipeline, state, decay(fact, rule.cooldown()))));
    }

    private static Decision.Request decay(Fact.PerformanceDecayed fact, Duration cooldown) {
        String text = String.format(
                Locale.ROOT,
                "%s of %s is %.4g, above its limit of %.4g: %s",
                fact.metric(),
                fact.version(),
                fact.value(),
                fact.limit(),
                fact.test());
        return new Decision.Request(new Fact.Reason(Fact.Trigger.DECAY, text), fact.at(), false, cooldown);
    }

    private Triggers triggers(Tx tx, DeployedPipeline pipeline) {
        Optional<TriggerState> state = rows.state(tx, pipeline.project(), pipeline.environment());
        return new Triggers(
                pipeline,
                definitions.get(pipeline.definition()).triggers(),
                state.flatMap(TriggerState::eventTime),
                state.flatMap(TriggerState::open),
                state.flatMap(TriggerState::last).map(TriggerState.Requested::run),
                state.flatMap(TriggerState::last).map(TriggerState.Requested::asOf),
                state.flatMap(TriggerState::reason));
    }

    static PawlException notDeployed(List<DeployedPipeline> all, ProjectName project, EnvironmentName environment) {
        List<String> deployed =
                all.stream().map(it -> it.project() + " in " + it.environment()).toList();
        return PawlException.notFound(
                "not-deployed",
                "No pipeline of project '%s' is deployed to environment '%s'. Deployed are: %s. Push to its branch, or use pawl promote."
                        .formatted(project, environment, deployed.isEmpty() ? "none" : String.join(", ", deployed)));
    }
}
