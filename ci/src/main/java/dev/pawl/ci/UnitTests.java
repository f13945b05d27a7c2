package dev.pawl.ci;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.CiPlan.UnitCheck;
import dev.pawl.definition.CommandPlan;
import dev.pawl.kernel.Digest;
import java.nio.file.Path;

/**
 * Makes a project's own tests in its built folder.
 *
 * @param content of that folder, before it was built
 */
record UnitTests(Workshop shop, BuildCommands commands, CiRun run, Path source, Path logs, Digest content) {
    UnitVerdict examine(UnitCheck unit, CommandPlan plan) throws InterruptedException {
        Path log = logs.resolve(unit.check() + ".log");
        ReportFiles reports = ReportFiles.before(source, unit.reports());
        CoverageReports coverages = CoverageReports.before(source, unit.coverage());
        BuildCommands.Ran ran = commands.run(unit.run(), source, plan, log, unit.within());
        Finding command = commands.finding(ran, log, "The tests", unit.within(), key(unit));
        UnitVerdict verdict = UnitVerdict.of(command, reports);
        Finding finding = verdict.finding(remembered(unit.check(), verdict), coverages.read());
        return new UnitVerdict(verdict.counts(), finding, verdict.report());
    }

    private TestHistory remembered(String check, UnitVerdict verdict) {
        TestStore tests = new TestStore();
        return shop.store().database().transact(tx -> {
            TestHistory history = tests.history(tx, run, check, content);
            verdict.report().ifPresent(report -> tests.keep(tx, run, check, report.tests()));
            return history;
        });
    }

    private static String key(UnitCheck unit) {
        return "ci.checks.%s.within".formatted(unit.check());
    }

    /** What to add to a pawl.yaml that has none. */
    static Finding declared(CiPlan plan) {
        return !plan.unit().isEmpty()
                ? Finding.passed("")
                : Finding.failed(
                        "No unit tests are declared, and what was not tested is not packaged; add to pawl.yaml:\n"
                                + "ci:\n  checks:\n    unit: { run: <test command>, reports: <folder of JUnit XML> }");
    }
}
