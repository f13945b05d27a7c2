package dev.pawl.executor;

import java.time.Duration;

/**
 * How Java steps are run.
 *
 * @param most how many worker JVMs live at the same time; a step waits while all are busy
 * @param mostUses after how many steps a worker is replaced, which bounds what steps leave behind in it
 * @param idle after how long without a step a worker is ended
 * @param heapBytes of a worker whose step states no memory limit
 */
public record WorkerSettings(int most, int mostUses, Duration idle, long heapBytes) {
    private static final int USES = 1000;
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final long HEAP = 1L << 30;

    public static WorkerSettings most(int workers) {
        return new WorkerSettings(workers, USES, IDLE, HEAP);
    }
}
