package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.Id;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of runs. */
final class RunStore {
    /** @return whether it is new */
    boolean insert(Tx tx, RunSpec spec, Instant now) {
        return tx.update(
                        """
                        insert into run (id, project, purpose, environment, package_digest, definition, as_of, sample, reason,
                          state, because, changes, submitted_at, ended_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?, null)
                        on conflict (id) do nothing
                        """,
                        spec.id(),
                        spec.project(),
                        spec.purpose(),
                        spec.environment(),
                        spec.packageDigest(),
                        spec.definition(),
                        spec.asOf(),
                        spec.sample(),
                        spec.reason(),
                        RunState.RUNNING,
                        now)
                == 1;
    }

    /** Locks the run until the transaction ends, so that two of its steps cannot end past each other. */
    void lock(Tx tx, RunId id) {
        tx.update("update run set changes = changes + 1 where id = ?", id);
    }

    void end(Tx tx, RunId id, RunState state, String because, Instant now) {
        tx.update("update run set state = ?, because = ?, ended_at = ? where id = ?", state, because, now, id);
    }

    Optional<Run> find(Tx tx, RunId id) {
        return tx.first(RunStore::run, "select * from run where id = ?", id);
    }

    /** Newest first. */
    List<Run> newest(Tx tx, Optional<ProjectName> project, Optional<Purpose> purpose, int limit) {
        return tx.list(
                RunStore::run,
                """
                select * from run where (? = '' or project = ?) and (? = '' or purpose = ?)
                order by submitted_at desc, id desc limit ?
                """,
                text(project),
                text(project),
                purpose.map(Enum::name).orElse(""),
                purpose.map(Enum::name).orElse(""),
                limit);
    }

    /** Keeps what a run sees of a source, unless another step was faster; returns what all of them see. */
    Digest keepSnapshot(Tx tx, RunId run, String source, Digest artifact) {
        tx.update(
                "insert into snapshot (run_id, source, artifact) values (?, ?, ?) on conflict (run_id, source) do"
                        + " nothing",
                run,
                source,
                artifact);
        return snapshots(tx, run).getOrDefault(source, artifact);
    }

    SortedMap<String, Digest> snapshots(Tx tx, RunId run) {
        SortedMap<String, Digest> snapshots = new TreeMap<>();
        tx.list(
                row -> snapshots.put(row.text("source"), row.id("artifact", Digest::new)) == null,
                "select source, artifact from snapshot where run_id = ?",
                run);
        return snapshots;
    }

    private static String text(Optional<? extends Id> id) {
        return id.map(Id::value).orElse("");
    }

    private static Run run(Row row) {
        RunSpec spec = new RunSpec(
                row.id("id", RunId::new),
                row.id("project", ProjectName::new),
                row.value("purpose", Purpose.class),
                row.optionalText("environment").map(EnvironmentName::new),
                row.id("package_digest", Digest::new),
                row.id("definition", Digest::new),
                row.instant("as_of"),
                row.optionalText("sample").map(Integer::valueOf),
                row.text("reason"));
        return new Run(
                spec,
                row.value("state", RunState.class),
                row.text("because"),
                row.instant("submitted_at"),
                row.optionalInstant("ended_at"));
    }
}
