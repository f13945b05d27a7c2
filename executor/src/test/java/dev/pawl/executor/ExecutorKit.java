package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every executor must do. Its tests find processes by a variable that all of them inherit. */
@Timeout(120)
abstract class ExecutorKit {
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
        /** Starts a child and does not wait for it. */
        LEAVE_RUNNING,
        EAT_MEMORY,
        BURN_TIME
    }

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final long MEMORY = 64L << 20;

    @TempDir
    Path folder;

    private final Processes processes = new Processes(Ids.system().next());
    private Executor executor;

    abstract Program program(Act act);

    /** The variables that every program of this executor has, besides PAWL_ ones and those of a shell. */
    abstract List<String> usualVariables();

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

    @Test
    void success_is_exit_code_0() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        Ending ending = executor.run(execution, _ -> {});

        assertThat(ending.exit()).as(ending.tail()).isZero();
        assertThat(ending.succeeded()).isTrue();
        assertThat(ending.exceptions()).isEmpty();
        assertThat(ending.took()).isPositive();
        assertThat(execution.folder().resolve("outputs/done")).hasContent("done");
    }

    @Test
    void what_a_program_writes_belongs_to_the_server() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        executor.run(execution, _ -> {});

        assertThat(ContainerEngine.owner(execution.folder().resolve("outputs/done")))
                .isEqualTo(ContainerEngine.owner(folder));
        assertThat(Folders.files(execution.folder()))
                .containsExactly(execution.log(), execution.folder().resolve("outputs/done"));
    }

    @Test
    void output_and_errors_are_in_the_log_and_its_end_is_told() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        Ending ending = executor.run(execution, _ -> {});

        assertThat(execution.log()).content().contains("hello\n", "and errors\n");
        assertThat(ending.tail()).contains("hello", "and errors");
    }

    @Test
    void another_exit_code_is_told() throws Exception {
        Ending ending = executor.run(execution(Act.FAIL, Limits.within(LONG)), _ -> {});

        assertThat(ending.exit()).isEqualTo(7);
        assertThat(ending.timedOut()).isFalse();
        assertThat(ending.succeeded()).isFalse();
    }

    @Test
    void a_long_log_keeps_its_beginning_and_its_end() throws Exception {
        Execution execution = execution(Act.PRINT_LOTS, Limits.within(LONG));
        executor.run(execution, _ -> {});

        assertThat(Files.size(execution.log())).isLessThan(BoundedLog.HEAD + BoundedLog.TAIL + 100L);
        assertThat(execution.log()).content().startsWith("first\naaa").endsWith("aaa\nlast\n");
    }

    @Test
    void the_environment_is_what_was_declared() throws Exception {
        Execution execution = execution(Act.PRINT_ENVIRONMENT, Limits.within(LONG));
        Ending ending = executor.run(execution, _ -> {});

        List<String> names = Files.readString(execution.log())
                .lines()
                .map(line -> line.replaceFirst("=.*", ""))
                .filter(name -> !name.startsWith("PAWL_"))
                .toList();
        assertThat(ending.tail()).contains("GREETING=good day, ha'penny");
        assertThat(names).contains("GREETING", Processes.TOKEN).containsAll(usualVariables());
        assertThat(names)
                .filteredOn(name -> !usualVariables().contains(name))
                .isSubsetOf("GREETING", Processes.TOKEN, "PWD", "OLDPWD", "SHLVL", "_");
    }

    @Test
    void a_secret_reaches_the_program_and_never_the_log() throws Exception {
        Execution execution = execution(Act.USE_SECRET, Limits.within(LONG));
        Ending ending = executor.run(execution, _ -> {});

        assertThat(execution.folder().resolve("outputs/secret")).hasContent("hunter2hunter2");
        assertThat(execution.log())
                .content()
                .contains("it is ***.", "in two: ***.")
                .doesNotContain("hunter2", "hunte");
        assertThat(ending.tail()).contains("it is ***.").doesNotContain("hunter2");
        assertThat(execution.toString()).doesNotContain("hunter2");
    }

    @Test
    void a_timeout_ends_all_processes() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(Duration.ofSeconds(3)));
        Ending ending = executor.run(execution, _ -> {});

        assertThat(execution.work().resolve("hanging")).exists();
        assertThat(ending.timedOut()).isTrue();
        assertThat(ending.exit()).isIn(143, 137);
        assertThat(ending.succeeded()).isFalse();
        assertThat(processes.all()).isEmpty();
    }

    @Test
    void interrupting_the_thread_ends_all_processes() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(LONG));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                executor.run(execution, _ -> {});
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        awaitHanging(execution);
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(processes.all()).isEmpty();
    }

    @Test
    void a_process_is_told_before_its_program_begins() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        List<Started> told = new ArrayList<>();
        executor.run(execution, started -> {
            told.add(started);
            assertThat(ProcessTree.find(started)).isPresent();
            assertThat(execution.folder().resolve("outputs/done")).doesNotExist();
        });

        assertThat(told).hasSize(1);
        assertThat(execution.folder().resolve("outputs/done")).exists();
    }

    @Test
    void a_program_never_begins_when_its_process_cannot_be_kept() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        assertThatThrownBy(() -> executor.run(execution, _ -> {
                    throw PawlException.conflict("attempt-over", "too late");
                }))
                .hasMessage("too late");

        executor.run(execution(Act.FAIL, Limits.within(LONG)), _ -> {});
        assertThat(execution.folder().resolve("outputs/done")).doesNotExist();
    }

    @Test
    void what_a_program_leaves_running_is_ended() throws Exception {
        Ending ending = executor.run(execution(Act.LEAVE_RUNNING, Limits.within(LONG)), _ -> {});

        assertThat(ending.succeeded()).as(ending.tail()).isTrue();
        assertThat(processes.named("sleep")).isEmpty();
    }

    @Test
    void what_a_killed_server_left_running_is_ended() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(LONG));
        KilledServer server = KilledServer.start(folder.resolve("executor"), execution);
        awaitHanging(execution);
        Started started = server.kill();
        assertThat(processes.all()).isNotEmpty();
        executor.endLeftovers(List.of(started));

        assertThat(processes.all()).isEmpty();
        assertThat(TestExecutors.containers(folder.resolve("executor"))).isEmpty();
    }

    @Test
    void what_runs_is_no_leftover() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        Ending ending = executor.run(execution, _ -> executor.endLeftovers(List.of()));

        assertThat(ending.succeeded()).as(ending.tail()).isTrue();
    }

    @Test
    void a_program_cannot_take_more_than_its_memory() throws Exception {
        Ending ending = executor.run(execution(Act.EAT_MEMORY, new Limits(LONG, MEMORY, 1, Optional.empty())), _ -> {});

        assertThat(ending.succeeded()).isFalse();
        assertThat(ending.timedOut()).isFalse();
        assertThat(ending.tail()).contains("pawl: ", "64 MiB");
    }

    @Test
    void a_program_cannot_take_more_than_its_cpu_time() throws Exception {
        Limits limits = new Limits(LONG, 0, 1, Optional.of(Duration.ofSeconds(1)));
        Ending ending = executor.run(execution(Act.BURN_TIME, limits), _ -> {});

        assertThat(ending.exit()).isEqualTo(152);
        assertThat(ending.timedOut()).isFalse();
        assertThat(ending.tail()).contains("pawl: ", "CPU time limit of PT1S");
    }

    @Test
    void many_programs_run_at_once() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Ending>> endings = IntStream.range(0, 24)
                    .mapToObj(i -> execution(i % 2 == 0 ? Act.SUCCEED : Act.FAIL, Limits.within(LONG)))
                    .map(execution -> threads.submit((Callable<Ending>) () -> executor.run(execution, _ -> {})))
                    .toList();
            for (int i = 0; i < endings.size(); i++) {
                assertThat(endings.get(i).get().exit()).isEqualTo(i % 2 == 0 ? 0 : 7);
            }
        }
    }

    Execution execution(Act act, Limits limits) {
        return execution(program(act), limits);
    }

    Execution execution(Program program, Limits limits) {
        String id = Ids.system().next();
        Path own = folder.resolve("attempts").resolve(id);
        List.of("inputs", "outputs", "work").forEach(name -> Folders.make(own.resolve(name)));
        Map<String, String> environment = Map.of(Processes.TOKEN, processes.token(), "GREETING", "good day, ha'penny");
        return new Execution(id, program, own, environment, Map.of("password", "hunter2hunter2"), limits);
    }

    Executor executor() {
        return executor;
    }

    private static void awaitHanging(Execution execution) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(execution.work().resolve("hanging")));
    }
}
