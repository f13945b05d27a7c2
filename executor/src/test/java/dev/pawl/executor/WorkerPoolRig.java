package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Program.JavaCall;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A pool of small workers under test, and all that it started. */
abstract class WorkerPoolRig {
    static final Duration LONG = Duration.ofSeconds(50);
    static final Duration IDLE = Duration.ofMinutes(5);
    static final long HEAP = 64L << 20;

    @TempDir
    Path folder;

    final SettableClock clock = SettableClock.at("1970-01-01T00:00:00Z");
    final List<Started> started = new ArrayList<>();
    Optional<WorkerPool> pool = Optional.empty();

    @AfterEach
    void close() {
        pool.ifPresent(WorkerPool::close);
        assertThat(alive()).isEmpty();
    }

    WorkerPool pool(int most, int uses) {
        return pool(TestWorker.class.getName(), most, uses, LONG);
    }

    WorkerPool pool(Class<?> main, Duration ready) {
        return pool(main.getName(), ready);
    }

    WorkerPool pool(String main, Duration ready) {
        return pool(main, 1, 100, ready);
    }

    WorkerPool pool(String main, int most, int uses, Duration ready) {
        pool.ifPresent(WorkerPool::close);
        Commands commands = TestExecutors.commands();
        WorkerStart start = new WorkerStart(commands, TestExecutors.JAVA_HOME, main, folder.resolve("workers"), ready);
        WorkerPool workers = new WorkerPool(clock, new WorkerSettings(most, uses, IDLE, HEAP), start);
        pool = Optional.of(workers);
        return workers;
    }

    Ending run(String method, long memory) throws Exception {
        return run(method, memory, Map.of());
    }

    Ending run(String method, long memory, Map<String, String> environment) throws Exception {
        return run(pool.orElseThrow(), method, memory, environment);
    }

    Ending run(WorkerPool workers, String method, long memory, Map<String, String> environment) throws Exception {
        return run(workers, TestExecutors.stepClasses(), method, memory, environment);
    }

    Ending run(WorkerPool workers, List<Path> jars, String method, long memory, Map<String, String> environment)
            throws Exception {
        JavaCall call = new JavaCall(jars, TestSteps.class.getName(), method);
        String id = Ids.system().next();
        Path own = Files.createDirectories(folder.resolve(id));
        Limits limits = new Limits(LONG, memory, 1, 0, Optional.empty());
        return workers.run(
                new Execution(id, call, own, ExecutorRig.call(own), environment, Map.of(), limits), call, started::add);
    }

    List<Long> alive() {
        return started.stream()
                .map(Started::pid)
                .distinct()
                .filter(pid -> ProcessHandle.of(pid).filter(ProcessTree::lives).isPresent())
                .toList();
    }
}
