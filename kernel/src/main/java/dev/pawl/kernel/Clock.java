package dev.pawl.kernel;

import java.time.Duration;
import java.time.Instant;

/** Time as a parameter: the only door to the machine's clock, so that tests can turn it by hand. */
public interface Clock {
    /** Wall time in whole milliseconds: what every database keeps without loss. */
    Instant now();

    /** A steady counter in nanoseconds, for measuring how long something took. */
    long nanos();

    /** Blocks the calling (virtual) thread. */
    void sleep(Duration duration) throws InterruptedException;

    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
