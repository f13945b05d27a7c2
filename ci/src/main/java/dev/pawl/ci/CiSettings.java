package dev.pawl.ci;

import java.nio.file.Path;

/**
 * How CI builds on this machine.
 *
 * @param javaHome the JDK that builds get as {@code JAVA_HOME} and first on their {@code PATH}
 * @param parallel how many commits are checked at a time
 * @param parallelTrials how many steps of a check are tried by themselves at a time, beside the runs
 */
public record CiSettings(Path javaHome, int parallel, int parallelTrials) {
    /** The JDK that runs Pawl, one commit after the other. */
    public static CiSettings ofThisMachine() {
        return new CiSettings(
                Path.of(System.getProperty("java.home")),
                1,
                Runtime.getRuntime().availableProcessors());
    }
}
