package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CommandsTest {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private final Commands commands = new Commands(Clock.system(), JAVA_HOME, Duration.ofMillis(500));

    @Test
    void tells_the_exit_code_and_the_last_lines() throws Exception {
        Result result = commands.run(shell("seq 1 100; echo oops >&2; exit 7"));

        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.tail().lines()).hasSize(20).first().isEqualTo("82");
        assertThat(result.tail()).endsWith("100\noops");
        assertThat(log()).startsWith("1\n2\n").endsWith("oops\n");
    }

    @Test
    void runs_with_the_given_environment_and_nothing_of_the_servers() throws Exception {
        commands.run(new Command(List.of("env"), folder, Map.of("MINE", "x y"), logFile(), Duration.ofSeconds(5)));

        assertThat(log().lines().filter(line -> !line.matches("(_|PWD|OLDPWD|SHLVL)=.*")))
                .contains("MINE=x y", "JAVA_HOME=" + JAVA_HOME, "LANG=C.UTF-8")
                .anyMatch(line -> line.startsWith("PAWL_PROCESS=#"))
                .hasSize(6);
        assertThat(log()).contains("PATH=" + JAVA_HOME.resolve("bin") + ":");
    }

    @Test
    void arguments_are_taken_as_they_are() throws Exception {
        Result result = commands.run(new Command(
                List.of("printf", "%s|", "a b", "$HOME", "'"), folder, Map.of(), logFile(), Duration.ofSeconds(5)));

        assertThat(result.tail()).isEqualTo("a b|$HOME|'|");
    }

    @Test
    void a_program_that_is_not_there_is_told() throws Exception {
        Result result = commands.run(
                new Command(List.of("no-such-program"), folder, Map.of(), logFile(), Duration.ofSeconds(5)));

        assertThat(result.exit()).isEqualTo(127);
        assertThat(result.tail()).contains("no-such-program", "not found");
        assertThatThrownBy(() -> commands.run(new Command(
                        List.of("true"), folder.resolve("missing"), Map.of(), logFile(), Duration.ofSeconds(5))))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("Cannot start 'true' in " + folder.resolve("missing"));
    }

    @Test
    void a_log_keeps_its_beginning_and_its_end() throws Exception {
        commands.run(shell("echo first; head -c 20000000 /dev/zero | tr '\\0' 'a'; echo; echo last"));

        assertThat(Files.size(logFile())).isBetween((long) BoundedLog.HEAD, BoundedLog.HEAD + BoundedLog.TAIL + 100L);
        assertThat(log()).startsWith("first\naaa").endsWith("aaa\nlast\n");
        long left = 20_000_000 + 12 - BoundedLog.HEAD - BoundedLog.TAIL;
        assertThat(log()).containsOnlyOnce("\n... " + left + " bytes left out ...\n");
    }

    @Test
    void a_timeout_ends_even_a_process_that_will_not() throws Exception {
        Result result = commands.run(new Command(
                List.of("sh", "-c", "trap '' TERM; (trap '' TERM; sleep 300) & echo $! > child; sleep 300; sleep 300"),
                folder,
                Map.of(),
                logFile(),
                Duration.ofMillis(400)));

        assertThat(result.timedOut()).isTrue();
        assertThat(result.succeeded()).isFalse();
        assertDead("child");
    }

    @Test
    void what_a_command_leaves_running_is_ended() throws Exception {
        Result result = commands.run(shell("sleep 300 & echo $! > child"));

        assertThat(result.succeeded()).isTrue();
        assertThat(result.took()).isLessThan(Duration.ofSeconds(5));
        assertDead("child");
    }

    @Test
    void a_command_whose_whole_group_is_killed_has_failed() throws Exception {
        Result result = commands.run(shell("sleep 300 & echo $! > child; kill -s KILL -- -$$"));

        assertThat(result.exit()).isEqualTo(137);
        assertThat(result.timedOut()).isFalse();
        assertDead("child");
    }

    @Test
    void interrupting_the_caller_ends_the_command() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                commands.run(shell("sleep 300 & echo $! > child; wait"));
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        await().until(() -> Files.exists(folder.resolve("child")) && Files.size(folder.resolve("child")) > 0);
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertDead("child");
    }

    @Test
    void a_command_begins_only_after_its_process_is_known() {
        AtomicReference<Started> seen = new AtomicReference<>();
        assertThatThrownBy(() -> commands.run(shell("echo x > began"), started -> {
                    seen.set(started);
                    assertThat(ProcessHandle.of(started.pid())).isPresent();
                    throw PawlException.conflict("no", "no");
                }))
                .hasMessage("no");

        assertThat(folder.resolve("began")).doesNotExist();
        assertThat(ProcessHandle.of(seen.get().pid()).filter(ProcessTree::lives))
                .isEmpty();
    }

    @Test
    void a_process_can_be_ended_by_its_number_and_start() throws Exception {
        Result result =
                commands.run(shell("sleep 300"), started -> Thread.ofVirtual().start(() -> commands.kill(started)));

        assertThat(result.exit()).isIn(143, 137);
        assertThat(result.timedOut()).isFalse();
    }

    @Test
    void many_processes_are_ended_together_with_what_they_started_also_one_that_ignores_the_first_signal()
            throws Exception {
        List<Started> begun = new CopyOnWriteArrayList<>();
        List<String> scripts =
                List.of("sleep 300 & echo $! > child1; wait", "trap '' TERM; sleep 300 & echo $! > child2; wait; wait");
        List<Thread> callers = scripts.stream()
                .map(script -> Thread.ofVirtual().start(() -> {
                    try {
                        commands.run(shell(script), begun::add);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        for (String child : List.of("child1", "child2")) {
            await().until(() -> Files.exists(folder.resolve(child)) && Files.size(folder.resolve(child)) > 0);
        }
        commands.kill(begun);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(begun)
                .hasSize(2)
                .allMatch(started -> ProcessTree.find(started).isEmpty());
        assertDead("child1");
        assertDead("child2");
    }

    @Test
    void a_class_that_cannot_be_described_is_told_with_its_own_words() {
        assertThatThrownBy(() -> PipelineClass.describe(commands, JAVA_HOME, List.of(folder), "a.B"))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("The pipeline class a.B cannot be used")
                .hasMessageContaining("dev.pawl.sdk.DescribeMain");
    }

    private void assertDead(String mark) throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve(mark)).strip());
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.of(pid).filter(ProcessTree::lives).isEmpty());
    }

    private Command shell(String script) {
        return Command.shell(script, folder, Map.of(), logFile(), Duration.ofSeconds(20));
    }

    private Path logFile() {
        return folder.resolve("log.txt");
    }

    private String log() throws IOException {
        return Files.readString(logFile());
    }
}
