package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads many runs at once. */
final class SurveyStore {
    /** Newest first. */
    List<SurveyedRun> newest(Tx tx, Purpose purpose, int limit) {
        Map<RunId, SortedMap<String, Double>> metrics = metrics(tx, purpose, limit);
        Map<RunId, SortedMap<String, Digest>> data = data(tx, purpose, limit);
        return tx
                .list(
                        RunStore::run,
                        "select * from run where purpose = ? order by submitted_at desc, id desc limit ?",
                        purpose,
                        limit)
                .stream()
                .map(run -> new SurveyedRun(
                        run,
                        metrics.getOrDefault(run.spec().id(), new TreeMap<>()),
                        data.getOrDefault(run.spec().id(), new TreeMap<>())))
                .toList();
    }

    private static Map<RunId, SortedMap<String, Double>> metrics(Tx tx, Purpose purpose, int limit) {
        Map<RunId, SortedMap<String, Double>> metrics = new HashMap<>();
        tx.list(
                row -> metrics.computeIfAbsent(row.id("run_id", RunId::new), _ -> new TreeMap<>())
                                .put(row.text("step") + "." + row.text("name"), row.real("value"))
                        == null,
                """
                select run_id, step, name, value from (
                  select run_id, step, name, value, row_number() over (
                    partition by run_id, step, name order by position desc, item desc, place desc) as rank
                  from metric where run_id in (
                    select id from run where purpose = ? order by submitted_at desc, id desc limit ?)) ranked
                where rank = 1
                """,
                purpose,
                limit);
        return metrics;
    }

    private static Map<RunId, SortedMap<String, Digest>> data(Tx tx, Purpose purpose, int limit) {
        Map<RunId, SortedMap<String, Digest>> data = new HashMap<>();
        tx.list(
                row -> data.computeIfAbsent(row.id("run_id", RunId::new), _ -> new TreeMap<>())
                                .put(row.text("source"), row.id("artifact", Digest::new))
                        == null,
                """
                select run_id, source, artifact from snapshot where run_id in (
                  select id from run where purpose = ? order by submitted_at desc, id desc limit ?)
                """,
                purpose,
                limit);
        return data;
    }
}
