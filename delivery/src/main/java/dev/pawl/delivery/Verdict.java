package dev.pawl.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A gate's answer with its evidence.
 *
 * @param summary one line for people
 * @param evidence JSON: what was measured, by which test, against which limits
 * @param began wall time; empty if the gate did not run, like {@code ended}
 */
public record Verdict(
        String gate,
        Answer answer,
        String summary,
        Map<String, Object> evidence,
        Optional<Instant> began,
        Optional<Instant> ended) {

    /** Closed by default: a gate that could not run has FAILED. */
    public enum Answer {
        PASSED,
        FAILED,
        /** A gate before it failed. */
        NOT_RUN,
        /** pawl.yaml does not ask for it; kept so that it stays visible. */
        NOT_DECLARED
    }

    static Verdict without(String gate, Answer answer, String summary) {
        return new Verdict(gate, answer, summary, Map.of(), Optional.empty(), Optional.empty());
    }
}
