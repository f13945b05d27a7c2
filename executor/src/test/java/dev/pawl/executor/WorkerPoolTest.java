package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest extends WorkerPoolRig {
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
    void steps_of_another_package_share_no_state() throws Exception {
        pool(2, 100);
        run("count", 0);
        List<Path> others =
                List.of(TestExecutors.stepClasses().getFirst(), Files.createDirectory(folder.resolve("other")));
        Ending ending = run(pool.orElseThrow(), others, "count", 0, Map.of());

        assertThat(ending.tail()).isEqualTo("call 1");
        assertThat(started.get(1)).isNotEqualTo(started.get(0));
    }

    @Test
    void a_step_that_used_a_process_properly_keeps_its_worker() throws Exception {
        pool(1, 100);
        run("useProcess", 0);
        assertThat(run("useProcess", 0).tail()).isEqualTo("call 2");
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
}
