package dev.pawl.pipeline;

/** Where a step of a run stands. */
public enum StepState {
    /** For the steps before it. */
    WAITING,
    /** For its turn. */
    READY,
    RUNNING,
    SUCCEEDED,
    /** Its outputs were there already: nothing ran. */
    CACHED,
    FAILED,
    /** Never begun, because another step failed. */
    SKIPPED,
    CANCELLED
}
