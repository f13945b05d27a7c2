package dev.pawl.trigger;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Ledger;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** Turns requests into facts, one at a time for each environment. */
final class Requests {
    private final TriggerStore store;
    private final Ledger ledger;
    private final Ids ids;

    Requests(TriggerStore store, Ledger ledger, Ids ids) {
        this.store = store;
        this.ledger = ledger;
        this.ids = ids;
    }

    /** @param state as it is held by the transaction */
    Answer make(Tx tx, DeployedPipeline pipeline, TriggerState state, Decision.Request request) {
        store.told(tx, pipeline, request.reason());
        return switch (Decision.of(state, request)) {
            case Decision.Start() -> start(tx, pipeline, request);
            case Decision.Merge(RunId into) -> merge(tx, pipeline, state, into, request);
        };
    }

    private Answer start(Tx tx, DeployedPipeline pipeline, Decision.Request request) {
        RunId run = ids.next("run", RunId::new);
        store.started(tx, pipeline, run, request);
        ledger.append(
                tx,
                new Fact.RunRequested(
                        pipeline.project(),
                        pipeline.environment(),
                        run,
                        pipeline.packageDigest(),
                        pipeline.definition(),
                        request.reason(),
                        request.asOf()));
        return new Answer(run, false, request.asOf());
    }

    private Answer merge(Tx tx, DeployedPipeline pipeline, TriggerState state, RunId into, Decision.Request request) {
        ledger.append(
                tx,
                new Fact.RunMerged(pipeline.project(), pipeline.environment(), into, request.reason(), request.asOf()));
        return new Answer(into, true, asOf(state, into).orElse(request.asOf()));
    }

    private static Optional<Instant> asOf(TriggerState state, RunId run) {
        return state.last()
                .filter(last -> last.run().equals(run))
                .or(state::automatic)
                .map(TriggerState.Requested::asOf);
    }
}
