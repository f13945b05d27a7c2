package dev.pawl.trigger;

import dev.pawl.definition.Definition;
import dev.pawl.definition.TriggerRule.OnNewData;
import dev.pawl.kernel.Fact;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Database;
import dev.pawl.store.Tx;
import dev.pawl.trigger.TriggerState.Requested;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests a run when enough rows have come since the last one. It says nothing before the first run, and nothing while a run is
 * under way: what came meanwhile is compared with that run when it has ended.
 */
final class NewData {
    private final Database database;
    private final TriggerStore store;
    private final Definitions definitions;
    private final DataRows data;
    private final Requests requests;

    NewData(Database database, TriggerStore store, Definitions definitions, DataRows data, Requests requests) {
        this.database = database;
        this.store = store;
        this.definitions = definitions;
        this.data = data;
        this.requests = requests;
    }

    /** Counting is slow, so that it happens outside of the transaction that decides. */
    void check(DeployedPipeline pipeline, Instant now) throws Exception {
        Definition definition = definitions.get(pipeline.definition());
        List<OnNewData> rules = definition.triggers().stream()
                .filter(OnNewData.class::isInstance)
                .map(OnNewData.class::cast)
                .toList();
        if (rules.isEmpty()) {
            return;
        }
        Optional<TriggerState> state = database.read(tx -> store.state(tx, pipeline.project(), pipeline.environment()));
        Optional<Requested> last = state.filter(it -> watchable(it)).flatMap(TriggerState::last);
        if (last.isPresent()) {
            check(pipeline, definition, rules, state.orElseThrow(), last.get(), now);
        }
    }

    /**
     * A run as of a moment that a person chose says that the present of this environment is not the wall clock's; until a
     * window tells it, rows of what may be the future must not start anything.
     */
    private static boolean watchable(TriggerState state) {
        boolean presentKnown = state.eventTime().isPresent()
                || state.last().filter(last -> !last.chosen()).isPresent();
        return state.open().isEmpty() && presentKnown;
    }

    private void check(
            DeployedPipeline pipeline,
            Definition definition,
            List<OnNewData> rules,
            TriggerState state,
            Requested last,
            Instant now)
            throws Exception {
        Map<String, Long> before = new HashMap<>();
        for (OnNewData rule : rules) {
            Optional<Long> counted = state.rowsOfLastRun(rule.source());
            long rows = counted.isPresent()
                    ? counted.get()
                    : data.rows(definition, pipeline.packageDigest(), rule.source(), last.asOf());
            before.put(rule.source(), rows);
        }
        if (!state.rowsRun().equals(Optional.of(last.run())) || !state.rows().equals(before)) {
            database.change(tx -> store.rows(tx, pipeline, last.run(), before));
        }
        for (OnNewData rule : rules) {
            Instant asOf = state.present(now);
            long rows = data.rows(definition, pipeline.packageDigest(), rule.source(), asOf);
            long more = rows - before.getOrDefault(rule.source(), rows);
            if (more >= rule.atLeastRows()) {
                database.change(tx -> fire(tx, pipeline, last, request(rule, more, asOf), now));
            }
        }
    }

    private static Decision.Request request(OnNewData rule, long more, Instant asOf) {
        String text = "%d new rows of '%s' since the last run; %d are enough"
                .formatted(more, rule.source(), rule.atLeastRows());
        return new Decision.Request(new Fact.Reason(Fact.Trigger.NEW_DATA, text), asOf, false, rule.cooldown());
    }

    /** Starts a run or does nothing: the rows stay new, so that there is no need to keep a reason that must wait. */
    private void fire(Tx tx, DeployedPipeline pipeline, Requested last, Decision.Request request, Instant now) {
        TriggerState state = store.hold(tx, pipeline.project(), pipeline.environment(), now);
        boolean sameLast = state.last().filter(last::equals).isPresent();
        if (sameLast && Decision.of(state, request) instanceof Decision.Start) {
            requests.make(tx, pipeline, state, request);
        }
    }
}
