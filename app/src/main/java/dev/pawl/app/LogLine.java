package dev.pawl.app;

import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunAttempt;
import java.util.Optional;

/**
 * One line that a step's program printed.
 *
 * @param item which one, if the step is fanned out
 */
record LogLine(StepName step, Optional<Integer> item, int attempt, String line) {
    /** The attempt that printed it. */
    record Origin(StepName step, Optional<Integer> item, int attempt) {
        static Origin of(RunAttempt attempt) {
            return new Origin(attempt.step(), attempt.item(), attempt.number());
        }
    }

    static LogLine of(RunAttempt attempt, String line) {
        return new LogLine(attempt.step(), attempt.item(), attempt.number(), line);
    }

    /** Who says it: {@code train}, {@code train[3]}, and from the second attempt on {@code train (2)}. */
    String speaker() {
        return step + item.map(number -> "[" + number + "]").orElse("") + (attempt > 1 ? " (" + attempt + ")" : "");
    }
}
