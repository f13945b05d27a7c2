package dev.pawl.executor;

import java.nio.file.Path;

/**
 * How programs are run on this machine.
 *
 * @param javaHome the JDK that runs Java steps and is first on every command's {@code PATH}
 * @param mostEnvironments how many Python environments are kept beside those in use
 */
public record LocalSettings(Path javaHome, WorkerSettings workers, int mostEnvironments, ContainerSettings containers) {
    private static final int ENVIRONMENTS = 10;

    /** The JDK that runs Pawl, as many workers as there are processors, and what the server's environment says. */
    public static LocalSettings ofThisMachine() {
        return new LocalSettings(
                Path.of(System.getProperty("java.home")),
                WorkerSettings.most(Runtime.getRuntime().availableProcessors()),
                ENVIRONMENTS,
                ContainerSettings.from(System.getenv()));
    }
}
