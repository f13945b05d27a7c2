package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.Id;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of runs, apart from what the engine writes of its own ({@link ChangeStore}) and from who has them ({@link ServerStore}). */
final class RunStore {
    /** A run that a server has claimed, as it stands. */
    record Claimed(RunSpec spec, long generation, RunMachine.State state, Optional<String> cancelBecause) {}

    /** @return whether it is new */
    boolean insert(Tx tx, RunSpec spec, Instant now) {
        return tx.update(
                        """
                        insert into run (id, project, purpose, environment, package_digest, definition, as_of, sample, reason,
                          priority, parent, resumes, reproduces, state, because, generation, submitted_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?)
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
                        spec.priority(),
                        spec.parent(),
                        spec.resumes(),
                        spec.reproduces(),
                        RunState.QUEUED,
                        now)
                == 1;
    }

    /** @return false if it had ended, or was to be cancelled already */
    boolean askToCancel(Tx tx, RunId run, String because) {
        return tx.update(
                        "update run set cancel_because = ? where id = ? and ended_at is null and cancel_because is"
                                + " null",
                        because,
                        run)
                == 1;
    }

    /** @param cancelBecause if somebody wants it to be cancelled */
    record Owned(long generation, Optional<String> cancelBecause) {}

    /** The open runs that a server has. */
    Map<RunId, Owned> owned(Tx tx, String server) {
        Map<RunId, Owned> owned = new LinkedHashMap<>();
        tx.list(
                        row -> Map.entry(
                                row.id("id", RunId::new),
                                new Owned(row.number("generation"), row.optionalText("cancel_because"))),
                        "select id, generation, cancel_because from run where owner = ? and ended_at is null order by"
                                + " id",
                        server)
                .forEach(run -> owned.put(run.getKey(), run.getValue()));
        return owned;
    }

    Optional<Claimed> claimed(Tx tx, RunId run, String server) {
        return tx.first(
                RunStore::claimed, "select * from run where id = ? and owner = ? and ended_at is null", run, server);
    }

    long open(Tx tx) {
        return tx.number("select count(*) from run where ended_at is null");
    }

    /** In the order in which they were submitted. */
    List<RunId> openRuns(Tx tx, int limit) {
        return tx.list(
                row -> row.id("id", RunId::new),
                "select id from run where ended_at is null order by submitted_at, id limit ?",
                limit);
    }

    /** Those whose id begins so, in the order of their ids. */
    List<RunId> beginning(Tx tx, RunId prefix, int limit) {
        return tx.list(
                row -> row.id("id", RunId::new),
                "select id from run where id like ? order by id limit ?",
                prefix + "%",
                limit);
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

    /** In the order in which they were submitted. */
    List<Run> children(Tx tx, String parent) {
        return tx.list(RunStore::run, "select * from run where parent = ? order by submitted_at, id", parent);
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

    /** Lets a run see the data as another one did. */
    void copySnapshots(Tx tx, RunId from, RunId to) {
        tx.update(
                "insert into snapshot (run_id, source, artifact) select ?, source, artifact from snapshot where run_id"
                        + " = ?",
                to,
                from);
    }

    SortedMap<String, Digest> snapshots(Tx tx, RunId run) {
        SortedMap<String, Digest> snapshots = new TreeMap<>();
        tx.list(
                row -> snapshots.put(row.text("source"), row.id("artifact", Digest::new)) == null,
                "select source, artifact from snapshot where run_id = ?",
                run);
        return snapshots;
    }

    boolean isAttended(Tx tx, RunId run, Instant now) {
        return tx.number(
                        "select count(*) from run r join server s on s.id = r.owner where r.id = ? and s.lease_until"
                                + " >= ?",
                        run,
                        now)
                > 0;
    }

    private static String text(Optional<? extends Id> id) {
        return id.map(Id::value).orElse("");
    }

    private static Claimed claimed(Row row) {
        return new Claimed(spec(row), row.number("generation"), state(row), row.optionalText("cancel_because"));
    }

    private static RunMachine.State state(Row row) {
        return switch (row.value("state", RunState.class)) {
            case QUEUED -> new RunMachine.State.Queued();
            case RUNNING -> new RunMachine.State.Running();
            case FINISHING -> new RunMachine.State.Finishing(end(row));
            case SUCCEEDED, FAILED, CANCELLED -> new RunMachine.State.Over(end(row));
        };
    }

    private static RunMachine.End end(Row row) {
        return new RunMachine.End(row.value("outcome", Outcome.class), row.text("because"));
    }

    static Run run(Row row) {
        return new Run(
                spec(row),
                row.value("state", RunState.class),
                row.text("because"),
                row.instant("submitted_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"));
    }

    private static RunSpec spec(Row row) {
        return new RunSpec(
                row.id("id", RunId::new),
                row.id("project", ProjectName::new),
                row.value("purpose", Purpose.class),
                row.optionalText("environment").map(EnvironmentName::new),
                row.id("package_digest", Digest::new),
                row.id("definition", Digest::new),
                row.instant("as_of"),
                row.optionalText("sample").map(Integer::valueOf),
                row.text("reason"),
                row.integer("priority"),
                row.optionalText("parent"),
                row.optionalText("resumes").map(RunId::new),
                row.optionalText("reproduces").map(RunId::new));
    }
}
