package dev.pawl.ci;

import dev.pawl.ci.NumericTrials.Case;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.store.Store;
import java.util.List;
import java.util.Optional;

/** What was borne once, by all that it depends on. A failure is looked at again the next time. */
record KnownCases(Store store) {
    private static final TrialStore ROWS = new TrialStore();

    /** As it is kept. */
    record Known(List<Case> cases) {}

    Optional<List<Case>> find(Digest key) {
        return store.database()
                .read(tx -> ROWS.find(tx, key))
                .map(text -> Json.read(text, Known.class).cases());
    }

    void keep(Digest key, List<Case> cases) {
        if (cases.stream().noneMatch(one -> one.bearing() instanceof Bearing.Failed)) {
            store.database()
                    .change(tx ->
                            ROWS.keep(tx, key, new Known(cases), store.clock().now()));
        }
    }
}
