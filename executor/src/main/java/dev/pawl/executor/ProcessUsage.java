package dev.pawl.executor;

/**
 * What a process takes with all that it started.
 *
 * @param processes how many there are
 * @param memoryBytes of all of them together; 0 on systems without {@code /proc}
 */
public record ProcessUsage(int processes, long memoryBytes) {}
