package dev.pawl.pipeline;

import java.nio.file.Path;

/**
 * How steps are run on this machine.
 *
 * @param javaHome the JDK that runs Java steps and is first on every step's {@code PATH}
 * @param parallel how many steps at a time
 */
public record ExecutorSettings(Path javaHome, int parallel) {
    /** The JDK that runs Pawl, and as many steps as there are processors. */
    public static ExecutorSettings ofThisMachine() {
        return new ExecutorSettings(
                Path.of(System.getProperty("java.home")), Runtime.getRuntime().availableProcessors());
    }
}
