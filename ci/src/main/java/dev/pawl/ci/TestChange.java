package dev.pawl.ci;

import dev.pawl.ci.TestReport.Test;
import java.util.Optional;

/** What a test's outcome is beside the one that it had before. */
enum TestChange {
    /** Fails, and did not before. */
    NEW,
    /** Passes, and did not before. */
    FIXED,
    /** Failed before as well. */
    STILL_FAILING,
    /** Has passed and failed on the same files. */
    FLAKY;

    /**
     * @param before whether it was bad the last time; empty if it was not there
     * @param sameFiles how it ended on the same files, other times
     */
    static Optional<TestChange> of(Test test, Optional<Boolean> before, SameFiles sameFiles) {
        if (test.bad() ? sameFiles.passed() : sameFiles.failed() && test.outcome() == TestReport.Outcome.PASSED) {
            return Optional.of(FLAKY);
        }
        if (test.bad()) {
            return Optional.of(before.orElse(false) ? STILL_FAILING : NEW);
        }
        return before.orElse(false) && test.outcome() == TestReport.Outcome.PASSED
                ? Optional.of(FIXED)
                : Optional.empty();
    }

    /** How a test ended on the same files, other times. */
    record SameFiles(boolean passed, boolean failed) {
        static final SameFiles NEVER = new SameFiles(false, false);

        SameFiles plus(SameFiles other) {
            return new SameFiles(passed || other.passed, failed || other.failed);
        }
    }
}
