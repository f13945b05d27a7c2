package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Ids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An executor under test. Its programs are found by a variable that all of them inherit. */
abstract class ExecutorRig {
    /** What a program is asked to do. */
    enum Act {
        /** Prints "hello" and, as an error, "and errors", and makes the output "done". */
        SUCCEED,
        /** Ends with exit code 7. */
        FAIL,
        /** "first", 20 million letters, "last". */
        PRINT_LOTS,
        PRINT_ENVIRONMENT,
        /** Keeps the secret "password" in the output "secret", prints "it is ...", and once more in two pieces. */
        USE_SECRET,
        /** Starts a child, makes the file work/hanging, and never ends. */
        HANG,
        /** The same, and does not end when asked to. */
        HANG_STUBBORNLY,
        /** Prints without end. */
        FLOOD,
        /** Starts a child and does not wait for it. */
        LEAVE_RUNNING,
        /** Starts a child that leaves the group and has no parent any more. */
        LEAVE_DAEMON,
        EAT_MEMORY,
        BURN_TIME
    }

    static final Duration LONG = Duration.ofSeconds(100);

    @TempDir
    Path folder;

    private final Processes processes = new Processes(Ids.system().next());
    private Executor executor;

    abstract Program program(Act act);

    @BeforeEach
    void open() {
        executor = TestExecutors.local(folder.resolve("executor"));
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        executor.close();
        assertThat(processes.all()).isEmpty();
        assertThat(TestExecutors.containers(folder.resolve("executor"))).isEmpty();
        Path workers = folder.resolve("executor").resolve("workers");
        assertThat(Files.isDirectory(workers) ? Folders.entries(workers) : List.of())
                .isEmpty();
    }

    Execution execution(Act act, Limits limits) {
        return execution(program(act), limits);
    }

    Execution execution(Program program, Limits limits) {
        String id = Ids.system().next();
        Path own = folder.resolve("attempts").resolve(id);
        List.of("inputs", "outputs", "work").forEach(name -> Folders.make(own.resolve(name)));
        Map<String, String> environment = Map.of(Processes.TOKEN, processes.token(), "GREETING", "good day, ha'penny");
        return new Execution(id, program, own, call(own), environment, Map.of("password", "hunter2hunter2"), limits);
    }

    static Map<String, Object> call(Path folder) {
        return Map.of("work", folder.resolve("work").toString());
    }

    Executor executor() {
        return executor;
    }

    static void awaitHanging(Execution execution) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(execution.work().resolve("hanging")));
    }

    Processes processes() {
        return processes;
    }
}
