package dev.pawl.store;

import dev.pawl.kernel.RunId;
import java.util.List;

/** Whoever keeps rows that name artifacts or runs. What nobody needs is what a collection may delete. */
public interface Needs {
    /** Names all that the rows of this part need, as the transaction sees them. May name too much, never too little. */
    void needs(Tx tx, Needed needed);

    /** Removes what this part knows of runs that are deleted in the same transaction. */
    default void forget(Tx tx, List<RunId> runs) {}
}
