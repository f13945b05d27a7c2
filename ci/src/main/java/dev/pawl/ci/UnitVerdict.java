package dev.pawl.ci;

import dev.pawl.kernel.PawlException;

/** What the test command and its reports together say: both must be good. */
record UnitVerdict(TestCounts counts, Finding finding) {
    /** @param command how the command itself ended */
    static UnitVerdict of(Finding command, ReportFiles reports) {
        try {
            TestReport report = reports.read();
            return new UnitVerdict(report.counts(), finding(command, report));
        } catch (PawlException e) {
            // a command that failed is the better explanation of a report that is not there
            String because = command.passed() ? e.text() : command.summary() + "\n" + e.text();
            return new UnitVerdict(TestCounts.NONE, failed(command, because));
        }
    }

    private static Finding finding(Finding command, TestReport report) {
        if (report.anyBad()) {
            return failed(command, report.summary()).with(report);
        }
        if (!command.passed()) {
            return failed(command, command.summary() + "\nThe reports show no failed test: " + report.counts())
                    .with(report);
        }
        if (report.noneRan()) {
            return failed(command, "No test ran (" + report.counts() + "), which proves nothing; write one")
                    .with(report);
        }
        return new Finding(true, report.summary(), report, command.log());
    }

    private static Finding failed(Finding command, String because) {
        return new Finding(false, because, command.evidence(), command.log());
    }
}
