package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.core.type.TypeReference;

/** The rows of steps and of what they reported. */
final class StepStore {
    /** A process that was running when its server last knew. */
    record Leftover(StepRef step, Started started, String scratch) {}

    void insert(Tx tx, RunId run, List<Definition.Step> steps) {
        tx.batch(
                """
                insert into step (run_id, name, place, state, attempt, inputs, outputs) values (?, ?, ?, ?, 0, '{}', '{}')
                """,
                IntStream.range(0, steps.size())
                        .mapToObj(i -> new Object[] {run, steps.get(i).name(), i, StepState.WAITING})
                        .toList());
    }

    List<RunStep> of(Tx tx, RunId run) {
        return tx.list(StepStore::step, "select * from step where run_id = ? order by place", run);
    }

    /** Writes where the machine says that the step stands now. */
    void move(Tx tx, RunId run, StepName name, RunMachine.State state, Instant now) {
        switch (state) {
            case RunMachine.State.Waiting() -> set(tx, run, name, StepState.WAITING);
            case RunMachine.State.Ready(int attempt) -> ready(tx, run, name, attempt);
            case RunMachine.State.Running(int _, Instant since) -> began(tx, run, name, since);
            case RunMachine.State.Succeeded(int _) -> ended(tx, run, name, StepState.SUCCEEDED, now);
            case RunMachine.State.Cached(int _) -> ended(tx, run, name, StepState.CACHED, now);
            case RunMachine.State.Failed(int _, String _) -> ended(tx, run, name, StepState.FAILED, now);
            case RunMachine.State.Skipped() -> ended(tx, run, name, StepState.SKIPPED, now);
            case RunMachine.State.Cancelled() -> ended(tx, run, name, StepState.CANCELLED, now);
        }
    }

    void keepKey(Tx tx, StepRef step, CacheKey key) {
        tx.update(
                "update step set cache_key = ?, key_parts = ?, inputs = ? where run_id = ? and name = ?",
                key.digest(),
                Tx.json(key),
                Tx.json(key.inputs()),
                step.run(),
                step.step());
    }

    void keepProcess(Tx tx, StepRef step, Started process, String scratch) {
        tx.update(
                "update step set pid = ?, process_start = ?, scratch = ? where run_id = ? and name = ?",
                process.pid(),
                process.at(),
                scratch,
                step.run(),
                step.step());
    }

    void keepOutputs(Tx tx, StepRef step, Map<String, Digest> outputs) {
        tx.update(
                "update step set outputs = ? where run_id = ? and name = ?", Tx.json(outputs), step.run(), step.step());
    }

    void keepSource(Tx tx, StepRef step, RunId cachedFrom) {
        tx.update("update step set cached_from = ? where run_id = ? and name = ?", cachedFrom, step.run(), step.step());
    }

    void keepLog(Tx tx, StepRef step, Digest log) {
        tx.update("update step set log = ? where run_id = ? and name = ?", log, step.run(), step.step());
    }

    void keepError(Tx tx, StepRef step, String error) {
        tx.update("update step set error = ? where run_id = ? and name = ?", error, step.run(), step.step());
    }

    void keepMetrics(Tx tx, StepRef step, List<MetricPoint> points) {
        tx.batch(
                "insert into metric (run_id, step, place, name, position, value) values (?, ?, ?, ?, ?, ?)",
                IntStream.range(0, points.size())
                        .mapToObj(i -> row(step, i, points.get(i)))
                        .toList());
    }

    void copyMetrics(Tx tx, StepRef step, RunId from, StepName fromStep) {
        tx.update("""
            insert into metric (run_id, step, place, name, position, value)
            select ?, ?, place, name, position, value from metric where run_id = ? and step = ?
            """, step.run(), step.step(), from, fromStep);
    }

    List<MetricPoint> metrics(Tx tx, RunId run) {
        return tx.list(StepStore::metric, """
            select m.* from metric m join step s on s.run_id = m.run_id and s.name = m.step
            where m.run_id = ? order by s.place, m.place
            """, run);
    }

    /** The processes that were running when their servers last knew. */
    List<Leftover> processes(Tx tx) {
        return tx.list(
                row -> new Leftover(
                        new StepRef(
                                row.id("run_id", RunId::new), row.id("name", StepName::new), row.integer("attempt")),
                        new Started(row.number("pid"), row.instant("process_start")),
                        row.text("scratch")),
                "select * from step where state = ? and pid is not null",
                StepState.RUNNING);
    }

    private void set(Tx tx, RunId run, StepName name, StepState state) {
        tx.update("update step set state = ? where run_id = ? and name = ?", state, run, name);
    }

    private void ready(Tx tx, RunId run, StepName name, int attempt) {
        tx.update("""
            update step set state = ?, attempt = ?, ended_at = null, pid = null, process_start = null, scratch = null
            where run_id = ? and name = ?
            """, StepState.READY, attempt, run, name);
    }

    private void began(Tx tx, RunId run, StepName name, Instant since) {
        tx.update(
                "update step set state = ?, started_at = ? where run_id = ? and name = ?",
                StepState.RUNNING,
                since,
                run,
                name);
    }

    private void ended(Tx tx, RunId run, StepName name, StepState state, Instant now) {
        tx.update("""
            update step set state = ?, ended_at = ?, pid = null, process_start = null, scratch = null
            where run_id = ? and name = ?
            """, state, now, run, name);
    }

    private static Object[] row(StepRef step, int place, MetricPoint point) {
        return new Object[] {step.run(), step.step(), place, point.name(), point.position(), point.value()};
    }

    private static MetricPoint metric(Row row) {
        return new MetricPoint(
                row.id("step", StepName::new), row.text("name"), row.number("position"), row.real("value"));
    }

    private static RunStep step(Row row) {
        return new RunStep(
                row.id("run_id", RunId::new),
                row.id("name", StepName::new),
                row.value("state", StepState.class),
                row.integer("attempt"),
                row.optionalText("cache_key").map(Digest::new),
                row.optionalText("key_parts"),
                row.optionalText("cached_from").map(RunId::new),
                digests(row.text("inputs")),
                digests(row.text("outputs")),
                row.optionalText("error"),
                row.optionalText("log").map(Digest::new),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"));
    }

    static SortedMap<String, Digest> digests(String json) {
        return Json.read(json, new TypeReference<TreeMap<String, Digest>>() {});
    }
}
