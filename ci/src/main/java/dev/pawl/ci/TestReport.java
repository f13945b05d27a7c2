package dev.pawl.ci;

import java.util.List;

/**
 * What the tests said.
 *
 * @param counts of all tests
 * @param tests in the order of the reports; of very many only the first, but every bad one before the good
 */
record TestReport(TestCounts counts, List<Test> tests) {
    private static final int MOST_TESTS_KEPT = 5_000;
    private static final int MOST_NAMED = 5;

    TestReport(List<Test> tests) {
        this(
                tests.stream().map(Test::count).reduce(TestCounts.NONE, TestCounts::plus),
                tests.stream()
                        .sorted((a, b) -> Boolean.compare(b.bad(), a.bad()))
                        .limit(MOST_TESTS_KEPT)
                        .toList());
    }

    /** How a test ended. */
    enum Outcome {
        PASSED,
        FAILED,
        ERROR,
        SKIPPED
    }

    /**
     * @param message why it did not pass; empty if it did
     * @param output what it printed and where it failed, if it is bad
     */
    record Test(String suite, String name, Outcome outcome, double seconds, String message, String output) {
        Test with(String newOutput) {
            return new Test(suite, name, outcome, seconds, message, newOutput);
        }

        boolean bad() {
            return switch (outcome) {
                case FAILED, ERROR -> true;
                case PASSED, SKIPPED -> false;
            };
        }

        TestCounts count() {
            return switch (outcome) {
                case PASSED -> new TestCounts(1, 0, 0, 0, seconds);
                case FAILED -> new TestCounts(1, 1, 0, 0, seconds);
                case ERROR -> new TestCounts(1, 0, 1, 0, seconds);
                case SKIPPED -> new TestCounts(1, 0, 0, 1, seconds);
            };
        }

        /** Tells it from others; a test with several parameters may have it several times. */
        String fullName() {
            return suite.isEmpty() ? name : suite + "." + name;
        }

        @Override
        public String toString() {
            return fullName() + (message.isEmpty() ? "" : ": " + message);
        }
    }

    boolean anyBad() {
        return counts.failures() + counts.errors() > 0;
    }

    boolean noneRan() {
        return counts.tests() == counts.skipped();
    }

    /** The counts, and the bad tests by name, a few of them. */
    String summary() {
        StringBuilder text = new StringBuilder(counts.toString());
        List<Test> bad = tests.stream().filter(Test::bad).toList();
        bad.stream().limit(MOST_NAMED).forEach(test -> text.append('\n').append(test));
        if (bad.size() > MOST_NAMED) {
            text.append("\nand ").append(bad.size() - MOST_NAMED).append(" more");
        }
        return text.toString();
    }
}
