package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of runs that checks wait for. */
final class CheckRunStore {
    void add(Tx tx, CiRunId ciRun, RunId run, int number, PlannedRun planned) {
        tx.update(
                "insert into ci_check_run (run_id, ci_run, number, check_name, label) values (?, ?, ?, ?, ?)",
                run,
                ciRun,
                number,
                planned.check(),
                planned.label());
    }

    Optional<CheckRun> find(Tx tx, RunId run) {
        return tx.first(CheckRunStore::checkRun, "select * from ci_check_run where run_id = ?", run);
    }

    /** In the order in which they were handed in. */
    List<CheckRun> of(Tx tx, CiRunId ciRun) {
        return tx.list(CheckRunStore::checkRun, "select * from ci_check_run where ci_run = ? order by number", ciRun);
    }

    void ended(Tx tx, RunId run, Fact.Outcome outcome, String because) {
        tx.update("update ci_check_run set outcome = ?, because = ? where run_id = ?", outcome, because, run);
    }

    private static CheckRun checkRun(Row row) {
        return new CheckRun(
                row.id("run_id", RunId::new),
                row.id("ci_run", CiRunId::new),
                row.text("check_name"),
                row.text("label"),
                row.optionalText("outcome").map(Fact.Outcome::valueOf),
                row.text("because"));
    }
}
