package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Tx;
import java.util.Optional;
import java.util.SortedMap;

/** Outputs by cache key. */
final class StepCacheStore {
    /** @param step the one that made the outputs, and whose metrics go with them */
    record Entry(StepKey step, SortedMap<String, Digest> outputs) {}

    Optional<Entry> find(Tx tx, Digest key) {
        return tx.first(
                row -> new Entry(
                        new StepKey(row.id("run_id", RunId::new), row.id("step", StepName::new), row.integer("item")),
                        StepStore.digests(row.text("outputs"))),
                "select * from step_cache where cache_key = ?",
                key);
    }
}
