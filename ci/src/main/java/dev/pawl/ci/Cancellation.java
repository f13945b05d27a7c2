package dev.pawl.ci;

import dev.pawl.kernel.RunId;

/** How CI stops an integration run that takes too long. */
public interface Cancellation {
    /** Ends the run; one that is over already is left alone. */
    void cancel(RunId run, String because);
}
