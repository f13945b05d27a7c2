package dev.pawl.ci;

import dev.pawl.ci.TestHistory.Past;
import dev.pawl.ci.TestReport.Outcome;
import dev.pawl.ci.TestReport.Test;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of tests: of each project those of its newest runs. */
final class TestStore {
    /** A test that was last run longer ago is a new one. */
    static final int MOST_RUNS = 50;

    private static final String MAIN = "main";

    void keep(Tx tx, CiRun run, String check, List<Test> tests) {
        tx.update("delete from ci_test where ci_run = ? and check_name = ?", run.id(), check);
        List<Object[]> rows = new ArrayList<>();
        for (Test test : tests) {
            rows.add(new Object[] {
                run.id(), check, rows.size() + 1, test.suite(), test.name(), test.outcome(), test.seconds()
            });
        }
        tx.batch("""
            insert into ci_test (ci_run, check_name, number, suite, name, outcome, seconds) values (?, ?, ?, ?, ?, ?, ?)
            """, rows);
        tx.update("""
            delete from ci_test where ci_run in (
              select id from ci_run where project = ? and number <= (
                select min(number) from (
                  select distinct r.number from ci_run r join ci_test t on t.ci_run = r.id
                  where r.project = ? order by r.number desc limit ?) newest) - 1)
            """, run.project(), run.project(), MOST_RUNS);
    }

    /** Those of a check whose verdict is taken over. */
    void copy(Tx tx, CiRunId from, CiRunId to, String check) {
        tx.update("delete from ci_test where ci_run = ? and check_name = ?", to, check);
        tx.update("""
            insert into ci_test (ci_run, check_name, number, suite, name, outcome, seconds)
            select ?, check_name, number, suite, name, outcome, seconds from ci_test where ci_run = ? and check_name = ?
            """, to.value(), from, check);
    }

    /** @param content of the run's files */
    TestHistory history(Tx tx, CiRun run, String check, Digest content) {
        Optional<CiRunId> before = newest(tx, run, check, run.branch()).or(() -> newest(tx, run, check, MAIN));
        return TestHistory.of(
                before,
                before.map(earlier -> tests(tx, earlier, check)).orElse(List.of()),
                tx.list(TestStore::past, """
                    select distinct t.suite, t.name, t.outcome from ci_test t join ci_run r on r.id = t.ci_run
                    where r.project = ? and r.content = ? and r.id <> ? and t.check_name = ?
                    """, run.project(), content, run.id(), check));
    }

    private static Optional<CiRunId> newest(Tx tx, CiRun run, String check, String branch) {
        return tx.first(row -> row.id("id", CiRunId::new), """
            select r.id from ci_run r
            where r.project = ? and r.branch = ? and r.number < (select number from ci_run where id = ?)
              and exists (select 1 from ci_test t where t.ci_run = r.id and t.check_name = ?)
            order by r.number desc limit 1
            """, run.project(), branch, run.id(), check);
    }

    List<Past> tests(Tx tx, CiRunId run, String check) {
        return tx.list(
                TestStore::past,
                "select suite, name, outcome from ci_test where ci_run = ? and check_name = ? order by number",
                run,
                check);
    }

    private static Past past(Row row) {
        return new Past(row.text("suite"), row.text("name"), row.value("outcome", Outcome.class));
    }
}
