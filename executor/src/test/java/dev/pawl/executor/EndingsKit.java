package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands.Started;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a program ends, nothing of it is left. */
@Timeout(120)
abstract class EndingsKit extends ExecutorRig {
    /** How many programs are run to see whether any leaves something behind. */
    abstract int many();

    @Test
    void a_timeout_ends_all_processes() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(Duration.ofSeconds(3)));
        Ending ending = executor().run(execution, _ -> {});

        assertThat(execution.work().resolve("hanging")).exists();
        assertThat(ending.timedOut()).isTrue();
        assertThat(ending.exit()).isIn(143, 137);
        assertThat(ending.succeeded()).isFalse();
        assertThat(processes().all()).isEmpty();
    }

    @Test
    void a_timeout_ends_what_will_not() throws Exception {
        Execution execution = execution(Act.HANG_STUBBORNLY, Limits.within(Duration.ofSeconds(3)));
        Ending ending = executor().run(execution, _ -> {});

        assertThat(execution.work().resolve("hanging")).exists();
        assertThat(ending.timedOut()).isTrue();
        assertThat(ending.exit()).isEqualTo(137);
        assertThat(processes().all()).isEmpty();
    }

    @Test
    void output_without_end_is_bounded_by_the_time_limit() throws Exception {
        Execution execution = execution(Act.FLOOD, Limits.within(Duration.ofSeconds(3)));
        Ending ending = executor().run(execution, _ -> {});

        assertThat(ending.timedOut()).isTrue();
        assertThat(Files.size(execution.log()))
                .isBetween((long) BoundedLog.HEAD, BoundedLog.HEAD + BoundedLog.TAIL + 100L);
    }

    @Test
    void a_program_that_somebody_kills_has_failed() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(LONG));
        Ending ending = executor()
                .run(
                        execution,
                        started -> Thread.ofVirtual().start(() -> {
                            awaitHanging(execution);
                            ProcessHandle.of(started.pid()).orElseThrow().destroyForcibly();
                        }));

        assertThat(ending.exit()).isEqualTo(137);
        assertThat(ending.timedOut()).isFalse();
        assertThat(processes().all()).isEmpty();
    }

    /** Wherever in its start or its program that may be. */
    @Test
    void interrupting_at_any_moment_leaves_nothing() throws Exception {
        for (int moment = 0; moment < 12; moment++) {
            Execution execution = execution(Act.LEAVE_DAEMON, Limits.within(LONG));
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    executor().run(execution, _ -> {});
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            caller.join(Duration.ofMillis(moment * 40L));
            caller.interrupt();
            caller.join();
            assertThat(processes().named("sleep"))
                    .as("interrupted after %d ms", moment * 40)
                    .isEmpty();
        }
        assertThat(executor()
                        .run(execution(Act.SUCCEED, Limits.within(LONG)), _ -> {})
                        .succeeded())
                .isTrue();
    }

    @Test
    void interrupting_the_thread_ends_all_processes() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(LONG));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                executor().run(execution, _ -> {});
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        awaitHanging(execution);
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(processes().all()).isEmpty();
    }

    @Test
    void what_a_program_leaves_running_is_ended() throws Exception {
        Ending ending = executor().run(execution(Act.LEAVE_RUNNING, Limits.within(LONG)), _ -> {});

        assertThat(ending.succeeded()).as(ending.tail()).isTrue();
        assertThat(processes().named("sleep")).isEmpty();
    }

    @Test
    void a_daemon_that_a_program_leaves_is_ended() throws Exception {
        Ending ending = executor().run(execution(Act.LEAVE_DAEMON, Limits.within(LONG)), _ -> {});

        assertThat(ending.succeeded()).as(ending.tail()).isTrue();
        assertThat(ending.took()).isLessThan(Duration.ofSeconds(20));
        assertThat(processes().named("sleep")).isEmpty();
    }

    @Test
    void what_a_killed_server_left_running_is_ended_also_where_its_first_process_is_gone() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(LONG));
        KilledServer server = KilledServer.start(folder.resolve("executor"), execution);
        awaitHanging(execution);
        Started started = server.kill();
        ProcessHandle.of(started.pid()).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> ProcessTree.find(started).isEmpty());
        assertThat(processes().named("sleep")).isNotEmpty();
        executor().endLeftovers(List.of(started));

        assertThat(processes().all()).isEmpty();
    }

    @Test
    void what_a_killed_server_left_running_is_ended() throws Exception {
        Execution execution = execution(Act.HANG, Limits.within(LONG));
        KilledServer server = KilledServer.start(folder.resolve("executor"), execution);
        awaitHanging(execution);
        Started started = server.kill();
        assertThat(processes().all()).isNotEmpty();
        executor().endLeftovers(List.of(started));

        assertThat(processes().all()).isEmpty();
        assertThat(TestExecutors.containers(folder.resolve("executor"))).isEmpty();
    }

    @Test
    void what_runs_is_no_leftover() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        Ending ending = executor().run(execution, _ -> executor().endLeftovers(List.of()));

        assertThat(ending.succeeded()).as(ending.tail()).isTrue();
    }

    @Test
    void many_programs_leave_nothing_behind() throws Exception {
        run(Act.SUCCEED, Math.min(10, many()));
        Footprint before = Footprint.of(folder.resolve("executor"));
        run(Act.SUCCEED, many());

        await().untilAsserted(() -> Footprint.of(folder.resolve("executor")).assertNotLargerThan(before));
    }

    private void run(Act act, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            Execution execution = execution(act, Limits.within(LONG));
            assertThat(executor().run(execution, _ -> {}).succeeded()).isTrue();
            Folders.delete(execution.folder());
        }
    }
}
