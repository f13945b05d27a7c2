package dev.pawl.source;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.source.CommitStatus.State;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;

/** What hosts are to be told of commits, and what they were told. */
final class StatusStore {
    void set(Tx tx, ProjectName project, CommitId commit, State state, String description, Optional<CiRunId> ciRun) {
        tx.update("""
            insert into source_status (project, commit_id, state, description, ci_run, number, told, attempts)
            values (?, ?, ?, ?, ?, 1, 0, 0)
            on conflict (project, commit_id) do update set
              state = excluded.state, description = excluded.description, ci_run = excluded.ci_run,
              number = source_status.number + 1, attempts = 0
            """, project, commit, state, description, ciRun);
    }

    Optional<CommitStatus> find(Tx tx, ProjectName project, CommitId commit) {
        return tx.first(
                StatusStore::status,
                "select * from source_status where project = ? and commit_id = ?",
                project,
                commit);
    }

    List<CommitStatus> of(Tx tx, ProjectName project, int limit) {
        return tx.list(
                StatusStore::status,
                "select * from source_status where project = ? order by number desc, commit_id limit ?",
                project,
                limit);
    }

    void told(Tx tx, CommitStatus status) {
        tx.update(
                "update source_status set told = ?, trouble = null where project = ? and commit_id = ?",
                status.number(),
                status.project(),
                status.commit());
    }

    void failed(Tx tx, CommitStatus status, String trouble) {
        tx.update(
                "update source_status set attempts = attempts + 1, trouble = ? where project = ? and commit_id = ?",
                trouble,
                status.project(),
                status.commit());
    }

    private static CommitStatus status(Row row) {
        return new CommitStatus(
                row.id("project", ProjectName::new),
                row.id("commit_id", CommitId::new),
                row.value("state", State.class),
                row.text("description"),
                row.optionalText("ci_run").map(CiRunId::new),
                row.number("number"),
                row.number("told"),
                row.integer("attempts"),
                row.optionalText("trouble"));
    }
}
