package dev.pawl.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bell that is heard even when it rang just before one began to listen. Rings between two waits count as one. */
final class Wake {
    private final Semaphore bell = new Semaphore(0);

    void signal() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** Waits for the bell, at most so long. */
    void await(Duration atMost) {
        try {
            bell.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
            bell.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
