package dev.pawl.pipeline;

import dev.pawl.kernel.Fact;

/** Where a run stands. */
public enum RunState {
    /** No server has had room for it yet. */
    QUEUED,
    RUNNING,
    /** How it ends is decided; the steps that always run at the end are under way. */
    FINISHING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    static RunState of(RunMachine.State state) {
        return switch (state) {
            case RunMachine.State.Queued _ -> QUEUED;
            case RunMachine.State.Running _ -> RUNNING;
            case RunMachine.State.Finishing _ -> FINISHING;
            case RunMachine.State.Over(RunMachine.End end) -> of(end.outcome());
        };
    }

    static RunState of(Fact.Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    public boolean isOver() {
        return switch (this) {
            case QUEUED, RUNNING, FINISHING -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }
}
