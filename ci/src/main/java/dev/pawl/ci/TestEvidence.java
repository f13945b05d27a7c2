package dev.pawl.ci;

import dev.pawl.ci.TestReport.Outcome;
import dev.pawl.ci.TestReport.Test;
import dev.pawl.kernel.CiRunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the verdict on the tests rests on.
 *
 * @param comparedWith the run whose tests these are compared with, if there is one
 * @param changes how many tests are new failures, fixed and so on
 */
record TestEvidence(
        TestCounts counts,
        Optional<CiRunId> comparedWith,
        Map<TestChange, Long> changes,
        List<Line> tests,
        Optional<Coverage> coverage) {
    /** The bad ones come first. */
    private static final int MOST_OUTPUTS = 100;

    /** A test with what became of it. */
    record Line(
            String suite,
            String name,
            Outcome outcome,
            double seconds,
            String message,
            String output,
            Optional<TestChange> change) {}

    static TestEvidence of(TestReport report, TestHistory history, Optional<Coverage> coverage) {
        List<Line> lines = new ArrayList<>();
        for (Test test : report.tests()) {
            lines.add(new Line(
                    test.suite(),
                    test.name(),
                    test.outcome(),
                    test.seconds(),
                    test.message(),
                    lines.size() < MOST_OUTPUTS ? test.output() : "",
                    history.change(test).filter(change -> says(change, history))));
        }
        return new TestEvidence(
                report.counts(), history.comparedWith(), history.counts(report.tests()), List.copyOf(lines), coverage);
    }

    /** The first time, all failures would be new ones. */
    private static boolean says(TestChange change, TestHistory history) {
        return history.comparedWith().isPresent() || change == TestChange.FLAKY;
    }

    /** Such as {@code 1 new, 2 fixed; 83.1 % of lines covered}; empty if there is nothing to say. */
    String remarks() {
        List<String> remarks = new ArrayList<>();
        List<String> counted = changes.entrySet().stream()
                .map(change -> change.getValue() + " "
                        + change.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList();
        if (!counted.isEmpty()) {
            remarks.add(String.join(", ", counted));
        }
        coverage.map(Coverage::toString).ifPresent(remarks::add);
        return String.join("; ", remarks);
    }
}
