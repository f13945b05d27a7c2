package dev.pawl.pipeline;

/** Where a step of a run stands. */
public enum StepState {
    /** For the steps before it. */
    WAITING,
    /** For its turn. */
    READY,
    RUNNING,
    /** Until it is tried again. */
    PAUSING,
    SUCCEEDED,
    /** Its outputs were there already: nothing ran. */
    CACHED,
    FAILED,
    /** Never begun, because its condition was not true, or another step failed or was skipped. */
    SKIPPED,
    CANCELLED;

    public boolean isOver() {
        return switch (this) {
            case WAITING, READY, RUNNING, PAUSING -> false;
            case SUCCEEDED, CACHED, FAILED, SKIPPED, CANCELLED -> true;
        };
    }

    /** Whether it has outputs that others can read. */
    boolean hasOutputs() {
        return switch (this) {
            case SUCCEEDED, CACHED -> true;
            case WAITING, READY, RUNNING, PAUSING, FAILED, SKIPPED, CANCELLED -> false;
        };
    }
}
