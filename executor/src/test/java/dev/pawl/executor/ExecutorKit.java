package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.PawlException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every executor must do. */
@Timeout(120)
abstract class ExecutorKit extends EndingsKit {
    private static final long MEMORY = 64L << 20;

    /** The variables that every program of this executor has, besides PAWL_ ones and those of a shell. */
    abstract List<String> usualVariables();

    /** What may be there besides. */
    List<String> otherVariables() {
        return List.of("PWD", "OLDPWD", "SHLVL", "_");
    }

    @Test
    void success_is_exit_code_0() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        Ending ending = executor().run(execution, _ -> {});

        assertThat(ending.exit()).as(ending.tail()).isZero();
        assertThat(ending.succeeded()).isTrue();
        assertThat(ending.exceptions()).isEmpty();
        assertThat(ending.took()).isPositive();
        assertThat(execution.folder().resolve("outputs/done")).hasContent("done");
    }

    @Test
    void what_a_program_writes_belongs_to_the_server() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        executor().run(execution, _ -> {});

        assertThat(ContainerEngine.owner(execution.folder().resolve("outputs/done")))
                .isEqualTo(ContainerEngine.owner(folder));
        assertThat(Folders.files(execution.folder()))
                .filteredOn(file -> !file.equals(execution.step()))
                .containsExactly(execution.log(), execution.folder().resolve("outputs/done"));
    }

    @Test
    void output_and_errors_are_in_the_log_and_its_end_is_told() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        Ending ending = executor().run(execution, _ -> {});

        assertThat(execution.log()).content().contains("hello\n", "and errors\n");
        assertThat(ending.tail()).contains("hello", "and errors");
    }

    @Test
    void another_exit_code_is_told() throws Exception {
        Ending ending = executor().run(execution(Act.FAIL, Limits.within(LONG)), _ -> {});

        assertThat(ending.exit()).isEqualTo(7);
        assertThat(ending.timedOut()).isFalse();
        assertThat(ending.succeeded()).isFalse();
    }

    @Test
    void a_long_log_keeps_its_beginning_and_its_end() throws Exception {
        Execution execution = execution(Act.PRINT_LOTS, Limits.within(LONG));
        executor().run(execution, _ -> {});

        assertThat(Files.size(execution.log())).isLessThan(BoundedLog.HEAD + BoundedLog.TAIL + 100L);
        assertThat(execution.log()).content().startsWith("first\naaa").endsWith("aaa\nlast\n");
    }

    @Test
    void the_environment_is_what_was_declared() throws Exception {
        Execution execution = execution(Act.PRINT_ENVIRONMENT, Limits.within(LONG));
        Ending ending = executor().run(execution, _ -> {});

        List<String> names = Files.readString(execution.log())
                .lines()
                .map(line -> line.replaceFirst("=.*", ""))
                .filter(name -> !name.startsWith("PAWL_"))
                .toList();
        assertThat(ending.tail()).contains("GREETING=good day, ha'penny");
        assertThat(names).contains("GREETING", Processes.TOKEN).containsAll(usualVariables());
        assertThat(names)
                .filteredOn(name ->
                        !usualVariables().contains(name) && !otherVariables().contains(name))
                .containsOnly("GREETING", Processes.TOKEN);
    }

    @Test
    void a_secret_reaches_the_program_and_never_the_log() throws Exception {
        Execution execution = execution(Act.USE_SECRET, Limits.within(LONG));
        Ending ending = executor().run(execution, _ -> {});

        assertThat(execution.folder().resolve("outputs/secret")).hasContent("hunter2hunter2");
        assertThat(execution.log())
                .content()
                .contains("it is ***.", "in two: ***.")
                .doesNotContain("hunter2", "hunte");
        assertThat(ending.tail()).contains("it is ***.").doesNotContain("hunter2");
        assertThat(execution.toString()).doesNotContain("hunter2");
    }

    @Test
    void a_process_is_told_before_its_program_begins() throws Exception {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        List<Started> told = new ArrayList<>();
        executor().run(execution, started -> {
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
        assertThatThrownBy(() -> executor().run(execution, _ -> {
                    throw PawlException.conflict("attempt-over", "too late");
                }))
                .hasMessage("too late");

        executor().run(execution(Act.FAIL, Limits.within(LONG)), _ -> {});
        assertThat(execution.folder().resolve("outputs/done")).doesNotExist();
    }

    @Test
    void a_program_cannot_take_more_than_its_memory() throws Exception {
        Ending ending =
                executor().run(execution(Act.EAT_MEMORY, new Limits(LONG, MEMORY, 1, 0, Optional.empty())), _ -> {});

        assertThat(ending.succeeded()).isFalse();
        assertThat(ending.timedOut()).isFalse();
        assertThat(ending.tail()).contains("pawl: ", "64 MiB");
    }

    @Test
    void a_program_cannot_take_more_than_its_cpu_time() throws Exception {
        Limits limits = new Limits(LONG, 0, 1, 0, Optional.of(Duration.ofSeconds(1)));
        Ending ending = executor().run(execution(Act.BURN_TIME, limits), _ -> {});

        assertThat(ending.exit()).isEqualTo(152);
        assertThat(ending.timedOut()).isFalse();
        assertThat(ending.tail()).contains("pawl: ", "CPU time limit of PT1S");
    }

    @Test
    void many_programs_run_at_once() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Ending>> endings = IntStream.range(0, 24)
                    .mapToObj(i -> execution(i % 2 == 0 ? Act.SUCCEED : Act.FAIL, Limits.within(LONG)))
                    .map(execution ->
                            threads.submit((Callable<Ending>) () -> executor().run(execution, _ -> {})))
                    .toList();
            for (int i = 0; i < endings.size(); i++) {
                assertThat(endings.get(i).get().exit()).isEqualTo(i % 2 == 0 ? 0 : 7);
            }
        }
    }
}
