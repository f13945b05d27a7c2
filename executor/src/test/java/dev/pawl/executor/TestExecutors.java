package dev.pawl.executor;

import dev.pawl.kernel.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Executors as tests want them: impatient, and with a small worker. */
public final class TestExecutors {
    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    static final Duration GRACE = Duration.ofSeconds(1);

    private TestExecutors() {}

    static Commands commands() {
        return new Commands(Clock.system(), JAVA_HOME, GRACE);
    }

    static Executor local(Path folder) {
        ContainerSettings containers = ContainerSettings.from(System.getenv());
        LocalSettings settings = new LocalSettings(JAVA_HOME, WorkerSettings.most(3), 2, containers);
        return Executors.local(commands(), settings, folder, TestWorker.class.getName());
    }

    /** The names of the containers that belong to this executor, running or not. */
    public static List<String> containers(Path folder) throws InterruptedException {
        if (!Files.isDirectory(folder.resolve("containers"))) {
            return List.of();
        }
        ContainerEngine engine = ContainerEngine.find(commands(), ContainerSettings.from(System.getenv()), folder)
                .orElseThrow();
        String label = "label=dev.pawl.folder=" + folder.resolve("containers");
        return engine.ask(commands(), folder, "ps", "--all", "--filter", label, "--format", "{{.Names}}")
                .text()
                .lines()
                .toList();
    }

    /** The folder of the test classes alone, which need nothing but the JDK when they are steps. */
    static List<Path> stepClasses() {
        return List.of(Path.of(TestWorker.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()));
    }
}
