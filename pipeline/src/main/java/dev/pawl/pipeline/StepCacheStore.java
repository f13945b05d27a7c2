package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** Outputs by cache key. */
final class StepCacheStore {
    /** @param run the one that made the outputs, and whose metrics go with them */
    record Entry(RunId run, StepName step, SortedMap<String, Digest> outputs) {}

    Optional<Entry> find(Tx tx, Digest key) {
        return tx.first(
                row -> new Entry(
                        row.id("run_id", RunId::new),
                        row.id("step", StepName::new),
                        StepStore.digests(row.text("outputs"))),
                "select * from step_cache where cache_key = ?",
                key);
    }

    /** The newest outputs win: they are there for sure, while older ones may have been damaged. */
    void put(Tx tx, Digest key, Entry entry, Instant now) {
        tx.update("""
            insert into step_cache (cache_key, run_id, step, outputs, kept_at) values (?, ?, ?, ?, ?)
            on conflict (cache_key) do update set
              run_id = excluded.run_id, step = excluded.step, outputs = excluded.outputs, kept_at = excluded.kept_at
            """, key, entry.run(), entry.step(), Tx.json(entry.outputs()), now);
    }
}
