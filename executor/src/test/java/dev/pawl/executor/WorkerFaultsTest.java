package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What steps and workers do that they should not. */
@Timeout(60)
class WorkerFaultsTest extends WorkerPoolRig {
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
    void a_step_that_floods_the_pipe_of_replies_is_ended() throws Exception {
        pool(1, 100);
        Ending ending = run("meddleLots", 0);

        assertThat(ending.succeeded()).isFalse();
        assertThat(ending.tail()).contains("its JVM wrote to the pipe that is Pawl's: xxx");
        assertThat(alive()).isEmpty();
    }

    @Test
    void a_worker_that_closes_its_pipe_of_replies_is_ended() throws Exception {
        pool(1, 100);
        Ending ending = run("closeReplies", 0);

        assertThat(ending.succeeded()).isFalse();
        assertThat(ending.timedOut()).isFalse();
        assertThat(alive()).isEmpty();
        assertThat(run("count", 0).tail()).isEqualTo("call 1");
    }

    @Test
    void whoever_is_interrupted_while_a_worker_starts_ends_it_and_frees_its_place() throws Exception {
        WorkerPool mute = pool(BadWorkers.Mute.class, LONG);
        Processes processes = new Processes(Ids.system().next());
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                run(mute, "count", 0, Map.of(Processes.TOKEN, processes.token()));
            } catch (Exception _) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> !processes.named("Mute").isEmpty());
        caller.interrupt();
        caller.join();

        assertThat(processes.all()).isEmpty();
        assertThat(Folders.files(folder.resolve("workers"))).isEmpty();
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
}
