package dev.pawl.app;

import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunState;
import java.util.Locale;

/** How a run stands for who is not at work on it: as its rows say, unless the process that had it is gone. */
enum Standing {
    QUEUED,
    RUNNING,
    FINISHING,
    /** It began and is not over, but nobody is at work on it. */
    INTERRUPTED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    static Standing of(RunState state) {
        return valueOf(state.name());
    }

    /** Tells people what there is to know of a run that stands so. */
    void explain(RunId run, Printed printed) {
        if (this == INTERRUPTED) {
            printed.remark("run " + run.brief() + " was interrupted: its process is gone; 'pawl resume " + run.brief()
                    + "' goes on with it, and so does the next 'pawl run' beside its own");
        }
    }

    /** As people read it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
