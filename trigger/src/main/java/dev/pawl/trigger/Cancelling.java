package dev.pawl.trigger;

import dev.pawl.kernel.RunId;
import dev.pawl.store.Tx;

/** Where a backfill asks for its runs to be cancelled. */
public interface Cancelling {
    /** Within the caller's transaction; one that has ended is left alone. */
    void cancel(Tx tx, RunId run, String because);
}
