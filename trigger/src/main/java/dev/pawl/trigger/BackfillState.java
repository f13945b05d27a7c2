package dev.pawl.trigger;

/** Where a backfill stands. */
public enum BackfillState {
    RUNNING,
    /** Hands in no more runs; those under way go on. */
    PAUSED,
    /** Its runs under way were asked to stop. */
    CANCELLING,
    SUCCEEDED,
    /** All of its runs ended, and some of them failed or were cancelled. */
    FAILED,
    CANCELLED;

    static BackfillState of(BackfillMachine.State state) {
        return switch (state) {
            case BackfillMachine.State.Running _ -> RUNNING;
            case BackfillMachine.State.Paused _ -> PAUSED;
            case BackfillMachine.State.Cancelling _ -> CANCELLING;
            case BackfillMachine.State.Over over ->
                switch (over.end()) {
                    case SUCCEEDED -> SUCCEEDED;
                    case FAILED -> FAILED;
                    case CANCELLED -> CANCELLED;
                };
        };
    }

    BackfillMachine.State with(Tally tally) {
        return switch (this) {
            case RUNNING -> new BackfillMachine.State.Running(tally);
            case PAUSED -> new BackfillMachine.State.Paused(tally);
            case CANCELLING -> new BackfillMachine.State.Cancelling(tally);
            case SUCCEEDED -> new BackfillMachine.State.Over(BackfillMachine.End.SUCCEEDED, tally);
            case FAILED -> new BackfillMachine.State.Over(BackfillMachine.End.FAILED, tally);
            case CANCELLED -> new BackfillMachine.State.Over(BackfillMachine.End.CANCELLED, tally);
        };
    }

    public boolean isOver() {
        return switch (this) {
            case RUNNING, PAUSED, CANCELLING -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }
}
