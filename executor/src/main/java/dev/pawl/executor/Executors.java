package dev.pawl.executor;

import dev.pawl.kernel.Clock;
import java.nio.file.Path;

/** Makes executors. */
public final class Executors {
    private Executors() {}

    /**
     * Runs everything on this machine: Java calls in warm worker JVMs, commands in processes, those with an image in containers.
     *
     * @param folder this executor's own and no other's at the same time: environments are kept here
     */
    public static Executor local(Clock clock, LocalSettings settings, Path folder) {
        return local(new Commands(clock, settings.javaHome()), settings, folder, WorkerStart.MAIN);
    }

    static Executor local(Commands anybodys, LocalSettings settings, Path folder, String workerMain) {
        Path root = folder.toAbsolutePath().normalize();
        Commands commands = anybodys.of(root);
        WorkerStart start = new WorkerStart(commands, settings.javaHome(), workerMain, root.resolve("workers"));
        return new LocalExecutor(
                commands,
                new WorkerPool(commands.clock(), settings.workers(), start),
                new PythonEnvironments(commands, root.resolve("environments"), settings.mostEnvironments()),
                new ContainerExecutor(commands.unmarked(), settings.containers(), root.resolve("containers")));
    }
}
