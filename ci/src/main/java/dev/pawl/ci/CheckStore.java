package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;

/** The rows of checks. */
final class CheckStore {
    /** An attempt that is made again starts from nothing. */
    void clear(Tx tx, CiRunId run) {
        tx.update("delete from ci_check where ci_run = ?", run);
    }

    void began(Tx tx, CiRunId run, String name, Instant at) {
        long number = 1 + tx.number("select coalesce(max(number), 0) from ci_check where ci_run = ?", run);
        tx.update("""
            insert into ci_check (ci_run, number, name, state, summary, evidence, started_at)
            values (?, ?, ?, ?, '', '{}', ?)
            on conflict (ci_run, name) do nothing
            """, run, number, name, CiCheck.State.RUNNING, at);
    }

    /** One that was ended otherwise stays as it is. */
    void ended(Tx tx, CiRunId run, String name, Finding finding, Instant at) {
        tx.update(
                """
                update ci_check set state = ?, summary = ?, evidence = ?, log = ?, finished_at = ?
                where ci_run = ? and name = ? and state = ?
                """,
                finding.passed() ? CiCheck.State.PASSED : CiCheck.State.FAILED,
                finding.summary(),
                Tx.json(finding.evidence()),
                finding.log(),
                at,
                run,
                name,
                CiCheck.State.RUNNING);
    }

    /** For a run that is given up: nobody will end what is under way. */
    void endAll(Tx tx, CiRunId run, CiCheck.State state, String because, Instant at) {
        tx.update(
                "update ci_check set state = ?, summary = ?, finished_at = ? where ci_run = ? and state = ?",
                state,
                because,
                at,
                run,
                CiCheck.State.RUNNING);
    }

    List<CiCheck> running(Tx tx, CiRunId run) {
        return tx.list(
                CheckStore::check,
                "select * from ci_check where ci_run = ? and state = ? order by number",
                run,
                CiCheck.State.RUNNING);
    }

    List<CiCheck> checks(Tx tx, CiRunId run) {
        return tx.list(CheckStore::check, "select * from ci_check where ci_run = ? order by number", run);
    }

    private static CiCheck check(Row row) {
        return new CiCheck(
                row.text("name"),
                row.value("state", CiCheck.State.class),
                row.text("summary"),
                Json.map(row.text("evidence")),
                row.optionalText("log").map(Digest::new),
                row.instant("started_at"),
                row.optionalInstant("finished_at"));
    }
}
