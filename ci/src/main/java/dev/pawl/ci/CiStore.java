package dev.pawl.ci;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of CI runs. */
final class CiStore {
    /** @param least its number is this, or a higher one: it grows from run to run */
    void add(Tx tx, long least, CiRun run) {
        // and so locks it: of two transactions, the second sees what the first did
        tx.update("update ci_run_number set last = case when last < ? then ? else last + 1 end", least, least);
        long number = tx.number("select last from ci_run_number");
        tx.update(
                """
                insert into ci_run (id, number, project, branch, commit_id, state, queued_at, scope)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                run.id(),
                number,
                run.project(),
                run.branch(),
                run.commit(),
                run.state(),
                run.queuedAt(),
                Tx.json(run.scope()));
    }

    /** What the verdict depends on. */
    void content(Tx tx, CiRunId id, Digest content) {
        tx.update("update ci_run set content = ? where id = ?", content, id);
    }

    /** The first whole run of a content that passed, of those after which none failed. */
    Optional<CiRun> passed(Tx tx, CiRun run, Digest content) {
        return tx.first(CiStore::run, """
            select * from ci_run r where project = ? and content = ? and state = ? and id <> ?
              and exists (select 1 from ci_package p where p.ci_run = r.id)
              and not exists (
                select 1 from ci_run later
                where later.project = r.project and later.content = r.content and later.state = ?
                  and later.number > r.number)
            order by number limit 1
            """, run.project(), content, CiState.PASSED, run.id(), CiState.FAILED);
    }

    /** Runs of other commits of a branch that passed with an integration run of their own, newest first. */
    List<CiRun> passed(Tx tx, CiRun run, String branch, int limit) {
        return tx.list(CiStore::run, """
            select * from ci_run r where project = ? and branch = ? and state = ? and commit_id <> ?
              and number < (select number from ci_run where id = ?)
              and run_id is not null and exists (select 1 from ci_package p where p.ci_run = r.id)
            order by number desc limit ?
            """, run.project(), branch, CiState.PASSED, run.commit(), run.id(), limit);
    }

    Optional<CiRun> run(Tx tx, CiRunId id) {
        return tx.first(CiStore::run, "select * from ci_run where id = ?", id);
    }

    /** For whoever decides on it: of two whose checks end at the same time, the second sees what the first did. */
    CiRun locked(Tx tx, CiRunId id) {
        tx.update("update ci_run set state = state where id = ?", id);
        return run(tx, id).orElseThrow();
    }

    Optional<CiRun> newestOf(Tx tx, ProjectName project, String branch, CommitId commit) {
        return tx.first(CiStore::run, """
            select * from ci_run where project = ? and branch = ? and commit_id = ? order by number desc limit 1
            """, project, branch, commit);
    }

    Optional<CiRun> newestOver(Tx tx, ProjectName project, String branch) {
        return tx.first(CiStore::run, """
            select * from ci_run where project = ? and branch = ? and state in (?, ?) order by number desc limit 1
            """, project, branch, CiState.PASSED, CiState.FAILED);
    }

    /** Newest first. */
    List<CiRun> runs(Tx tx, Optional<ProjectName> project, int limit) {
        return project.map(name -> tx.list(
                        CiStore::run,
                        "select * from ci_run where project = ? order by number desc limit ?",
                        name,
                        limit))
                .orElseGet(() -> tx.list(CiStore::run, "select * from ci_run order by number desc limit ?", limit));
    }

    List<CiRun> queued(Tx tx, ProjectName project, String branch) {
        return tx.list(
                CiStore::run,
                "select * from ci_run where project = ? and branch = ? and state = ?",
                project,
                branch,
                CiState.QUEUED);
    }

    /** Applies an event; says whether it changed anything. */
    boolean move(Tx tx, CiRun run, CiState.Event event) {
        return run.state()
                .after(event)
                .map(next ->
                        tx.update("update ci_run set state = ? where id = ? and state = ?", next, run.id(), run.state())
                                == 1)
                .orElse(false);
    }

    void began(Tx tx, CiRunId id, Instant at) {
        tx.update("update ci_run set started_at = ? where id = ?", at, id);
    }

    /** @param run that of the integration check, if there is one */
    void packed(Tx tx, CiRunId id, Optional<RunId> run, Verdict.Packed packed) {
        tx.update(
                "update ci_run set run_id = ?, package_digest = ?, definition = ?, tests = ? where id = ?",
                run,
                packed.packageDigest(),
                packed.definition(),
                Tx.json(packed.tests()),
                id);
    }

    /** What {@link #packed} kept. */
    TestCounts tests(Tx tx, CiRunId id) {
        return tx.first(row -> row.json("tests", TestCounts.class), "select tests from ci_run where id = ?", id)
                .orElseThrow();
    }

    /** The process of the command that is under way, for the case that this server dies before it. */
    void process(Tx tx, CiRunId id, Commands.Started process) {
        tx.update("update ci_run set pid = ?, pid_at = ? where id = ?", process.pid(), process.at(), id);
    }

    Optional<Commands.Started> process(Tx tx, CiRunId id) {
        return tx.first(CiStore::process, "select * from ci_run where id = ? and pid is not null", id);
    }

    /** Of every run that is being checked, or was when the server died. */
    List<Commands.Started> processes(Tx tx) {
        return tx.list(
                CiStore::process,
                "select * from ci_run where state in (?, ?) and pid is not null",
                CiState.CHECKING,
                CiState.CANCELLED);
    }

    void finished(Tx tx, CiRunId id, Instant at) {
        tx.update("update ci_run set finished_at = ? where id = ?", at, id);
    }

    void refused(Tx tx, CiRunId id, String check, String because) {
        tx.update("update ci_run set refused_by = ?, because = ? where id = ?", check, because, id);
    }

    private static Commands.Started process(Row row) {
        return new Commands.Started(row.number("pid"), row.instant("pid_at"));
    }

    private static CiRun run(Row row) {
        return new CiRun(
                row.id("id", CiRunId::new),
                row.id("project", ProjectName::new),
                row.text("branch"),
                row.id("commit_id", CommitId::new),
                row.value("state", CiState.class),
                row.instant("queued_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.optionalText("run_id").map(RunId::new),
                row.optionalText("package_digest").map(Digest::new),
                row.optionalText("definition").map(Digest::new),
                row.optionalText("refused_by"),
                row.optionalText("because"),
                row.optionalText("scope")
                        .map(text -> Json.read(text, Scope.class))
                        .orElse(Scope.ALL));
    }
}
