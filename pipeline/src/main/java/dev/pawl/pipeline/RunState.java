package dev.pawl.pipeline;

import dev.pawl.kernel.Fact;

/** Where a run stands; it runs from the moment it was handed in. */
public enum RunState {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    static RunState of(Fact.Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    public boolean isOver() {
        return this != RUNNING;
    }
}
