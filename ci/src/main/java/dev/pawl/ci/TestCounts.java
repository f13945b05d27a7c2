package dev.pawl.ci;

import dev.pawl.kernel.Json;
import java.util.Map;

/**
 * How many tests there were and how they ended.
 *
 * @param tests all of them, however they ended
 * @param seconds the sum of their times
 */
public record TestCounts(int tests, int failures, int errors, int skipped, double seconds) {
    static final TestCounts NONE = new TestCounts(0, 0, 0, 0, 0);

    /** Those that a finding was made of. */
    static TestCounts in(Finding finding) {
        return finding.evidence() instanceof Map<?, ?> evidence && evidence.get("counts") instanceof Map<?, ?> counts
                ? Json.read(Json.write(counts), TestCounts.class)
                : NONE;
    }

    TestCounts plus(TestCounts other) {
        return new TestCounts(
                tests + other.tests,
                failures + other.failures,
                errors + other.errors,
                skipped + other.skipped,
                seconds + other.seconds);
    }

    /** For example {@code 14 tests, 1 failed, 2 skipped}. */
    @Override
    public String toString() {
        int bad = failures + errors;
        return tests
                + (tests == 1 ? " test" : " tests")
                + (bad == 0 ? "" : ", " + bad + " failed")
                + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }
}
