package dev.pawl.ci;

import dev.pawl.kernel.PawlException;
import java.util.Optional;

/**
 * What the test command and its reports together say: both must be good.
 *
 * @param report if there is one that can be read
 */
record UnitVerdict(TestCounts counts, Finding finding, Optional<TestReport> report) {
    /** @param command how the command itself ended */
    static UnitVerdict of(Finding command, ReportFiles reports) {
        try {
            TestReport report = reports.read();
            return new UnitVerdict(report.counts(), finding(command, report), Optional.of(report));
        } catch (PawlException e) {
            // a command that failed is the better explanation of a report that is not there
            String because = command.passed() ? e.text() : command.summary() + "\n" + e.text();
            return new UnitVerdict(TestCounts.NONE, failed(command, because), Optional.empty());
        }
    }

    /** With what is known of earlier runs, and of coverage. */
    Finding finding(TestHistory history, Optional<Coverage> coverage) {
        if (report.isEmpty()) {
            return finding;
        }
        TestEvidence evidence = TestEvidence.of(report.get(), history, coverage);
        String more = evidence.remarks();
        return new Finding(finding.passed(), added(finding.summary(), more), evidence, finding.log());
    }

    /** To the first line, which is all that a list shows. */
    private static String added(String summary, String more) {
        int end = summary.contains("\n") ? summary.indexOf('\n') : summary.length();
        return more.isEmpty() ? summary : summary.substring(0, end) + "; " + more + summary.substring(end);
    }

    private static Finding finding(Finding command, TestReport report) {
        if (report.anyBad()) {
            return failed(command, report.summary());
        }
        if (!command.passed()) {
            return failed(command, command.summary() + "\nThe reports show no failed test: " + report.counts());
        }
        if (report.noneRan()) {
            return failed(command, "No test ran (" + report.counts() + "), which proves nothing; write one");
        }
        return new Finding(true, report.summary(), command.evidence(), command.log());
    }

    private static Finding failed(Finding command, String because) {
        return new Finding(false, because, command.evidence(), command.log());
    }
}
