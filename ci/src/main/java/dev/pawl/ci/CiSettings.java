package dev.pawl.ci;

import java.nio.file.Path;

/**
 * How CI builds on this machine.
 *
 * @param javaHome the JDK that builds get as {@code JAVA_HOME} and first on their {@code PATH}
 * @param parallel how many commits are checked at a time
 * @param parallelTrials how many steps of a check are tried by themselves at a time, beside the runs
 * @param mostBytes of all files of one attempt: a command that makes more is ended
 */
public record CiSettings(Path javaHome, int parallel, int parallelTrials, long mostBytes) {
    /** The usual bounds. */
    public CiSettings(Path javaHome, int parallel) {
        this(javaHome, parallel, Runtime.getRuntime().availableProcessors(), CommandWatch.Bounds.USUAL.bytes());
    }

    /** The same for another number of commits at a time. */
    public CiSettings with(int newParallel) {
        return new CiSettings(javaHome, newParallel, parallelTrials, mostBytes);
    }

    CommandWatch.Bounds bounds() {
        return new CommandWatch.Bounds(
                mostBytes, CommandWatch.Bounds.USUAL.processes(), CommandWatch.Bounds.USUAL.memory());
    }

    /** The JDK that runs Pawl, one commit after the other. */
    public static CiSettings ofThisMachine() {
        return new CiSettings(Path.of(System.getProperty("java.home")), 1);
    }
}
