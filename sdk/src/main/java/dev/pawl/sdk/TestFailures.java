package dev.pawl.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Failures that a test wants to see.
 *
 * @param times of how many attempts, from the first
 */
record TestFailures(int times, Throwable failure) {

    /** @param attempt from 1 */
    Optional<StepEnd> of(String step, int attempt) {
        return attempt <= times ? Optional.of(StepEnd.threw(step, failure)) : Optional.empty();
    }

    /** The kinds of failure that a retry may be meant for. */
    static List<String> kinds(StepEnd end) {
        List<String> kinds = new ArrayList<>(end.exceptions());
        if (kinds.contains(TimeoutException.class.getName())) {
            kinds.add(Retries.TIMEOUT);
        }
        return kinds;
    }
}
