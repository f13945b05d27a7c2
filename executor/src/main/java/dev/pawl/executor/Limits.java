package dev.pawl.executor;

import java.time.Duration;
import java.util.Optional;

/**
 * What one execution may take.
 *
 * @param timeout after which it is ended; preparing an environment or an image does not count
 * @param memoryBytes the heap of a Java call, the data of each process of a command, all of a container; 0 = no limit of its own
 * @param cpus of a container; 0 = all of the machine's
 * @param accelerators that a container gets: GPUs and the like
 * @param cpuTime of each process of a command or container, of the whole of a Java call
 */
public record Limits(Duration timeout, long memoryBytes, int cpus, int accelerators, Optional<Duration> cpuTime) {
    /** A time limit and nothing else. */
    public static Limits within(Duration timeout) {
        return new Limits(timeout, 0, 1, 0, Optional.empty());
    }
}
