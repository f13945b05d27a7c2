package dev.pawl.sdk;

/**
 * How a run has ended, for a step that always runs.
 *
 * @param because what failed, or who cancelled, for people; empty when the run succeeded
 */
public record Outcome(State state, String because) {
    /** The ways in which a run can end. */
    public enum State {
        /** Every step succeeded or was skipped by its condition. */
        SUCCEEDED,
        /** A step failed for good. */
        FAILED,
        /** Somebody ended it. */
        CANCELLED
    }

    /** A run in which nothing failed. */
    public static Outcome success() {
        return new Outcome(State.SUCCEEDED, "");
    }

    /** A run in which something did. */
    public static Outcome failure(String because) {
        return new Outcome(State.FAILED, because);
    }

    /** Whether nothing failed and nobody cancelled. */
    public boolean succeeded() {
        return state == State.SUCCEEDED;
    }
}
