package dev.pawl.pipeline;

import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Runs.ItemCount;
import dev.pawl.pipeline.StepMachine.Tries;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/** Reads the rows of steps, of their attempts and of what they reported. */
final class StepStore {
    /** Of a whole run, as the engine takes it up: steps and items, in order. */
    List<StepRow> rows(Tx tx, RunId run) {
        return tx.list(StepStore::stepRow, "select * from step where run_id = ? order by place, item", run);
    }

    /** Without items. */
    List<RunStep> of(Tx tx, RunId run) {
        return tx.list(
                StepStore::runStep,
                "select * from step where run_id = ? and item = ? order by place",
                run,
                StepKey.WHOLE);
    }

    Optional<RunStep> find(Tx tx, RunId run, StepName step, int item) {
        return tx.first(
                StepStore::runStep, "select * from step where run_id = ? and name = ? and item = ?", run, step, item);
    }

    int countItems(Tx tx, RunId run, StepName step) {
        return (int) tx.number("select count(*) from step where run_id = ? and name = ? and item >= 0", run, step);
    }

    /** In order. */
    List<RunStep> items(Tx tx, RunId run, StepName step, int from, int limit) {
        return tx.list(
                StepStore::runStep,
                "select * from step where run_id = ? and name = ? and item >= ? order by item limit ?",
                run,
                step,
                from,
                limit);
    }

    List<RunAttempt> attempts(Tx tx, RunId run, StepName step) {
        return tx.list(
                StepStore::attempt,
                "select * from attempt where run_id = ? and name = ? order by item, number",
                run,
                step);
    }

    /** The newest one of a step, or of an item; of a step that is fanned out, one of its first item that has any. */
    Optional<RunAttempt> attempt(Tx tx, RunId run, StepName step, int item) {
        return tx.first(
                StepStore::attempt,
                "select * from attempt where run_id = ? and name = ? and (item = ? or ? < 0) order by item, number desc"
                        + " limit 1",
                run,
                step,
                item,
                item);
    }

    /** In the order of the steps, then by item and number. */
    List<RunAttempt> attempts(Tx tx, RunId run, int limit) {
        return tx.list(StepStore::attempt, """
            select a.* from attempt a join step s on s.run_id = a.run_id and s.name = a.name and s.item = a.item
            where a.run_id = ? order by s.place, a.item, a.number limit ?
            """, run, limit);
    }

    /** Newest first. */
    List<RunAttempt> attemptsUnderWay(Tx tx, RunId run, int limit) {
        return tx.list(StepStore::attempt, """
            select * from attempt where run_id = ? and ended_at is null
            order by started_at desc, name, item desc, number desc limit ?
            """, run, limit);
    }

    ItemCount itemCount(Tx tx, RunId run, StepName step) {
        return tx.list(StepStore::itemCount, """
            select state, count(*) as items, min(started_at) as begun
            from step where run_id = ? and name = ? and item > ? group by state
            """, run, step, StepKey.WHOLE).stream()
                .reduce(ItemCount.NONE, ItemCount::plus);
    }

    Map<StepName, ItemCount> itemCounts(Tx tx, RunId run) {
        Map<StepName, ItemCount> counts = new HashMap<>();
        tx.list(
                row -> counts.merge(row.id("name", StepName::new), itemCount(row), ItemCount::plus),
                """
                select name, state, count(*) as items, min(started_at) as begun
                from step where run_id = ? and item > ? group by name, state
                """,
                run,
                StepKey.WHOLE);
        return Map.copyOf(counts);
    }

    private static ItemCount itemCount(Row row) {
        int items = row.integer("items");
        boolean succeeded = row.value("state", StepState.class).hasOutputs();
        return new ItemCount(items, succeeded ? items : 0, row.optionalInstant("begun"));
    }

    List<MetricPoint> metrics(Tx tx, RunId run) {
        return tx.list(StepStore::metric, """
            select m.* from metric m join step s on s.run_id = m.run_id and s.name = m.step and s.item = m.item
            where m.run_id = ? order by s.place, m.item, m.place
            """, run);
    }

    /** In the order of their reporting. */
    List<MetricPoint> metrics(Tx tx, RunId run, StepName step, String name) {
        return tx.list(StepStore::metric, """
            select * from metric where run_id = ? and step = ? and name = ? order by item, place
            """, run, step, name);
    }

    /** The processes that were running when this server last knew, also those whose runs another one took over meanwhile. */
    List<Started> leftovers(Tx tx, String server) {
        return tx.list(row -> new Started(row.number("pid"), row.instant("process_start")), """
            select distinct pid, process_start from attempt
            where server = ? and pid is not null and (ended_at is null or state = 'LOST')
            """, server);
    }

    /** The processes of a run that another server of this host began and did not live to end. */
    List<Started> leftovers(Tx tx, RunId run, ServerIdentity server) {
        return tx.list(
                row -> new Started(row.number("pid"), row.instant("process_start")),
                """
                select distinct pid, process_start from attempt
                where run_id = ? and host = ? and server <> ? and ended_at is null and pid is not null
                """,
                run,
                server.host(),
                server.id());
    }

    private static StepRow stepRow(Row row) {
        return new StepRow(
                new StepKey(row.id("run_id", RunId::new), row.id("name", StepName::new), row.integer("item")),
                row.integer("place"),
                row.value("state", StepState.class),
                row.text("phase"),
                new Tries(row.integer("attempt"), row.integer("failures"), row.integer("losses")),
                row.optionalInstant("not_before"),
                digests(row.text("inputs")),
                digests(row.text("outputs")),
                row.optionalText("error"),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"));
    }

    private static RunStep runStep(Row row) {
        return new RunStep(
                row.id("run_id", RunId::new),
                row.id("name", StepName::new),
                row.integer("item") == StepKey.WHOLE ? Optional.empty() : Optional.of(row.integer("item")),
                row.value("state", StepState.class),
                row.integer("attempt"),
                row.optionalText("cache_key").map(Digest::new),
                row.optionalText("key_parts").map(Json::tree),
                row.optionalText("cached_from").map(RunId::new),
                digests(row.text("inputs")),
                digests(row.text("outputs")),
                row.optionalText("error"),
                row.optionalText("log").map(Digest::new),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"));
    }

    private static RunAttempt attempt(Row row) {
        return new RunAttempt(
                row.id("name", StepName::new),
                row.integer("item") == StepKey.WHOLE ? Optional.empty() : Optional.of(row.integer("item")),
                row.integer("number"),
                row.text("state"),
                row.text("executor"),
                row.text("host"),
                row.text("jdk"),
                row.text("system"),
                row.optionalText("pid").map(Long::valueOf),
                row.optionalText("scratch"),
                row.optionalText("error"),
                row.optionalText("log").map(Digest::new),
                row.instant("started_at"),
                row.optionalInstant("ended_at"));
    }

    private static MetricPoint metric(Row row) {
        return new MetricPoint(
                row.id("step", StepName::new), row.text("name"), row.number("position"), row.real("value"));
    }

    static SortedMap<String, Digest> digests(String json) {
        return Json.read(json, new TypeReference<TreeMap<String, Digest>>() {});
    }
}
