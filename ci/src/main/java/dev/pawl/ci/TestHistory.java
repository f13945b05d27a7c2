package dev.pawl.ci;

import dev.pawl.ci.TestChange.SameFiles;
import dev.pawl.ci.TestReport.Outcome;
import dev.pawl.ci.TestReport.Test;
import dev.pawl.kernel.CiRunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the tests of a check ended before.
 *
 * @param comparedWith the newest earlier run of the same branch, or else of the main one; empty if there is none
 * @param bad by the full name of a test, whether it was bad then
 * @param sameFiles by full name, other times on the same files
 */
record TestHistory(Optional<CiRunId> comparedWith, Map<String, Boolean> bad, Map<String, SameFiles> sameFiles) {

    /** A test's outcome as it is kept. */
    record Past(String suite, String name, Outcome outcome) {
        private String fullName() {
            return suite.isEmpty() ? name : suite + "." + name;
        }

        private boolean bad() {
            return switch (outcome) {
                case FAILED, ERROR -> true;
                case PASSED, SKIPPED -> false;
            };
        }

        private SameFiles ending() {
            return new SameFiles(outcome == Outcome.PASSED, bad());
        }
    }

    static TestHistory of(Optional<CiRunId> comparedWith, List<Past> before, List<Past> sameFiles) {
        return new TestHistory(
                comparedWith,
                before.stream().collect(Collectors.toMap(Past::fullName, Past::bad, Boolean::logicalOr)),
                sameFiles.stream().collect(Collectors.toMap(Past::fullName, Past::ending, SameFiles::plus)));
    }

    Optional<TestChange> change(Test test) {
        return TestChange.of(
                test,
                Optional.ofNullable(bad.get(test.fullName())),
                sameFiles.getOrDefault(test.fullName(), SameFiles.NEVER));
    }

    /** How many tests have changed, and how; nothing of a first time. */
    Map<TestChange, Long> counts(List<Test> tests) {
        return tests.stream()
                .flatMap(test -> change(test).stream())
                .filter(change -> comparedWith.isPresent() || change == TestChange.FLAKY)
                .collect(Collectors.groupingBy(Function.identity(), java.util.TreeMap::new, Collectors.counting()));
    }
}
