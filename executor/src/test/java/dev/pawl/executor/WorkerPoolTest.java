package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Program.JavaCall;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkerPoolTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final long HEAP = 64L << 20;

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("1970-01-01T00:00:00Z");
    private final List<Started> started = new ArrayList<>();
    private Optional<WorkerPool> pool = Optional.empty();

    @AfterEach
    void close() {
        pool.ifPresent(WorkerPool::close);
        assertThat(alive()).isEmpty();
    }

    @Test
    void a_worker_is_used_again_and_each_step_has_its_own_log() throws Exception {
        pool(2, 100);
        Ending first = run("count", 0);
        Ending second = run("count", 0);

        assertThat(first.tail()).isEqualTo("call 1");
        assertThat(second.tail()).isEqualTo("call 2");
        assertThat(started.get(1)).isEqualTo(started.get(0));
    }

    @Test
    void steps_with_another_memory_limit_or_environment_get_another_worker() throws Exception {
        pool(3, 100);
        run("count", 0);
        run("count", HEAP * 2);
        run("count", 0, Map.of("A", "b"));
        run("count", 0, Map.of("PAWL_PACKAGE", "of one run only"));

        assertThat(started.stream().map(Started::pid).distinct()).hasSize(3);
        assertThat(started.get(3)).isEqualTo(started.get(0));
    }

    @Test
    void the_one_that_was_idle_for_longest_makes_room() throws Exception {
        pool(2, 100);
        run("nothing", 0);
        run("nothing", HEAP * 2);
        run("nothing", 0);
        run("nothing", HEAP * 3);

        assertThat(alive())
                .containsExactlyInAnyOrder(started.get(0).pid(), started.get(3).pid());
    }

    @Test
    void a_worker_is_replaced_after_its_uses() throws Exception {
        pool(1, 2);
        run("count", 0);
        run("count", 0);
        assertThat(alive()).isEmpty();
        assertThat(run("count", 0).tail()).isEqualTo("call 1");
    }

    @Test
    void a_worker_without_steps_is_ended() throws Exception {
        WorkerPool workers = pool(1, 100);
        run("count", 0);
        clock.tick(IDLE.minusSeconds(1));
        workers.endIdle();
        assertThat(alive()).hasSize(1);

        clock.tick(Duration.ofSeconds(1));
        workers.endIdle();
        assertThat(alive()).isEmpty();
        assertThat(run("count", 0).tail()).isEqualTo("call 1");
    }

    @Test
    void an_exception_is_told_with_its_kinds_and_the_worker_goes_on() throws Exception {
        pool(1, 100);
        Ending ending = run("throwException", 0);

        assertThat(ending.exit()).isEqualTo(1);
        assertThat(ending.exceptions())
                .containsExactly("java.io.FileNotFoundException", "java.io.IOException", "java.lang.Exception");
        assertThat(ending.tail()).contains("FileNotFoundException: no such file");
        run("count", 0);
        assertThat(started.get(1)).isEqualTo(started.get(0));
    }

    @Test
    void after_an_error_the_next_step_gets_a_new_worker() throws Exception {
        pool(1, 100);
        Ending ending = run("throwError", 0);

        assertThat(ending.exceptions()).containsExactly("java.lang.AssertionError", "java.lang.Error");
        assertThat(alive()).isEmpty();
    }

    @Test
    void a_method_that_is_not_there_is_exit_code_2() throws Exception {
        pool(1, 100);
        assertThat(run("missing", 0).exit()).isEqualTo(2);
        assertThat(alive()).hasSize(1);
    }

    @Test
    void a_step_that_ends_its_worker_has_failed_even_with_exit_code_0() throws Exception {
        pool(1, 100);
        Ending ending = run("endQuietly", 0);

        assertThat(ending.exit()).isEqualTo(1);
        assertThat(ending.tail()).contains("pawl: the step ended its JVM");
        assertThat(run("count", 0).tail()).isEqualTo("call 1");
    }

    @Test
    void a_step_that_meddles_with_the_pipe_of_replies_is_ended() throws Exception {
        pool(1, 100);
        Ending ending = run("meddle", 0);

        assertThat(ending.succeeded()).isFalse();
        assertThat(ending.tail()).contains("its JVM wrote to the pipe that is Pawl's: I am the worker");
    }

    @Test
    void a_worker_that_replied_twice_is_not_used_again() throws Exception {
        pool(1, 100);
        run("sayTwice", 0);
        assertThat(run("count", 0).tail()).isEqualTo("call 1");
    }

    @Test
    void a_step_that_closes_the_output_keeps_its_log_and_loses_its_worker() throws Exception {
        pool(1, 100);
        Ending ending = run("closeOutput", 0);

        assertThat(ending.tail()).contains("before");
        assertThat(alive()).isEmpty();
    }

    @Test
    void output_that_looks_like_the_marker_is_output() throws Exception {
        pool(1, 100);
        assertThat(run("printMarkers", 0).tail()).isEqualTo("one\0pawl-end\0two\0pawl-end-of-\0\0three");
    }

    @Test
    void a_worker_that_was_killed_while_idle_is_replaced() throws Exception {
        pool(1, 100);
        run("count", 0);
        ProcessHandle.of(started.get(0).pid()).orElseThrow().destroyForcibly();
        await().until(() -> alive().isEmpty());

        assertThat(run("count", 0).tail()).isEqualTo("call 1");
    }

    @Test
    void a_worker_ends_when_its_server_does() throws Exception {
        WorkerPool workers = pool(1, 100);
        run("count", 0);
        workers.close();

        assertThat(alive()).isEmpty();
        assertThatThrownBy(() -> run("count", 0)).hasMessageContaining("this Pawl is ending");
    }

    @Test
    void a_program_that_is_no_worker_is_told_with_what_it_printed() {
        assertThatThrownBy(() -> run(pool(BadWorkers.Dying.class, LONG), "count", 0, Map.of()))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("cannot go on");
    }

    @Test
    void a_program_that_says_nothing_is_ended() {
        assertThatThrownBy(() -> run(pool(BadWorkers.Mute.class, Duration.ofMillis(500)), "count", 0, Map.of()))
                .hasMessageContaining("did not become ready")
                .hasMessageContaining("nothing within PT0.5S");
    }

    @Test
    void a_package_with_another_or_no_sdk_is_its_authors_business() {
        assertThatThrownBy(() -> run(pool(BadWorkers.Older.class, LONG), "count", 0, Map.of()))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.USER))
                .hasMessageContaining("contract 1, and this Pawl speaks 2");
        assertThatThrownBy(() -> run(pool("dev.pawl.sdk.NoMain", LONG), "count", 0, Map.of()))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.USER))
                .hasMessageContaining("no pawl-sdk of this version");
    }

    private WorkerPool pool(int most, int uses) {
        return pool(TestWorker.class.getName(), most, uses, LONG);
    }

    private WorkerPool pool(Class<?> main, Duration ready) {
        return pool(main.getName(), ready);
    }

    private WorkerPool pool(String main, Duration ready) {
        return pool(main, 1, 100, ready);
    }

    private WorkerPool pool(String main, int most, int uses, Duration ready) {
        pool.ifPresent(WorkerPool::close);
        Commands commands = TestExecutors.commands();
        WorkerStart start = new WorkerStart(commands, TestExecutors.JAVA_HOME, main, folder.resolve("workers"), ready);
        WorkerPool workers = new WorkerPool(clock, new WorkerSettings(most, uses, IDLE, HEAP), start);
        pool = Optional.of(workers);
        return workers;
    }

    private Ending run(String method, long memory) throws Exception {
        return run(method, memory, Map.of());
    }

    private Ending run(String method, long memory, Map<String, String> environment) throws Exception {
        return run(pool.orElseThrow(), method, memory, environment);
    }

    private Ending run(WorkerPool workers, String method, long memory, Map<String, String> environment)
            throws Exception {
        JavaCall call = new JavaCall(TestExecutors.stepClasses(), TestSteps.class.getName(), method);
        String id = Ids.system().next();
        Path own = Files.createDirectories(folder.resolve(id));
        Limits limits = new Limits(LONG, memory, 1, Optional.empty());
        return workers.run(new Execution(id, call, own, environment, Map.of(), limits), call, started::add);
    }

    private List<Long> alive() {
        return started.stream()
                .map(Started::pid)
                .distinct()
                .filter(pid -> ProcessHandle.of(pid).filter(ProcessTree::lives).isPresent())
                .toList();
    }
}
