package dev.pawl.delivery;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.Optional;

/**
 * Brings a former champion back. Every champion remembers the one below it; rolling back to it also takes over whom it would
 * fall back to itself, so that one rollback after the other leads further back and never to and fro.
 */
record Rollback(Store store) {

    /** Rows and fact in one transaction; gates that are at work meanwhile judge anew. */
    Champion to(ModelName model, String by, String reason) {
        return store.database().transact(tx -> {
            TurnStore.take(tx, ModelDelivery.turn(model));
            Champion current = ChampionStore.current(tx, model).orElseThrow(() -> nobody(model));
            Champion former = former(tx, current);
            String because = "rollback by %s: %s".formatted(by, reason);
            ChampionStore.succeed(
                    tx,
                    former.version(),
                    former.fallsBackTo(),
                    because,
                    store.clock().now());
            store.ledger().append(tx, deployed(current, former, because));
            return ChampionStore.current(tx, model).orElseThrow();
        });
    }

    private static Champion former(Tx tx, Champion current) {
        return current.fallsBackTo()
                .flatMap(number -> ChampionStore.numbered(tx, current.version().model(), number))
                .orElseThrow(() -> PawlException.conflict(
                        "no-earlier-champion",
                        "%s is the first champion of its model: there is none before it to go back to"
                                .formatted(current.version())));
    }

    private static Fact deployed(Champion current, Champion former, String because) {
        return new Fact.ModelDeployed(
                former.project(),
                former.environment(),
                former.version(),
                Optional.of(current.version()),
                former.artifact(),
                former.definition(),
                former.asOf(),
                because);
    }

    private static PawlException nobody(ModelName model) {
        return PawlException.notFound(
                "no-champion",
                "Model '%s' has no champion: no version of it has passed its gates yet".formatted(model));
    }
}
