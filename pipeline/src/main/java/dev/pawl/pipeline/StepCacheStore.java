package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Outputs by cache key. */
final class StepCacheStore {
    /** @param step the one that made the outputs, and whose metrics go with them */
    record Entry(StepKey step, SortedMap<String, Digest> outputs) {}

    /** What was made, if there is still the run that made it. */
    Optional<Entry> find(Tx tx, Digest key) {
        return tx.first(
                row -> new Entry(
                        new StepKey(row.id("run_id", RunId::new), row.id("step", StepName::new), row.integer("item")),
                        StepStore.digests(row.text("outputs"))),
                "select c.* from step_cache c join run r on r.id = c.run_id where c.cache_key = ?",
                key);
    }

    /** What the step reported, in the order of its reporting. */
    List<MetricPoint> metrics(Tx tx, StepKey step) {
        return tx.list(
                row -> new MetricPoint(
                        row.id("step", StepName::new), row.text("name"), row.number("position"), row.real("value")),
                "select * from metric where run_id = ? and step = ? and item = ? order by place",
                step.run(),
                step.step(),
                step.item());
    }
}
