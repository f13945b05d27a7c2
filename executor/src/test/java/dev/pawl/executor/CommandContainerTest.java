package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are no steps, such as builds, in containers. */
@Timeout(60)
class CommandContainerTest {
    @TempDir
    Path folder;

    private static Optional<Image> image = Optional.empty();
    private Path source;
    private Path home;

    @BeforeAll
    static void image(@TempDir Path folder) throws Exception {
        image = Optional.of(TestImage.make(folder));
    }

    @BeforeEach
    void make() throws Exception {
        source = Files.createDirectories(folder.resolve("attempt/source"));
        home = Files.createDirectories(folder.resolve("attempt/home"));
        Files.writeString(folder.resolve("attempt/secret"), "hunter2");
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        assertThat(TestExecutors.containers(folder)).isEmpty();
    }

    private Path log() {
        return folder.resolve("attempt/logs/build.log");
    }

    private Result run(String script, Duration timeout, long memory, Beginning beginning) throws Exception {
        Command command = Command.shell(script, source, Map.of("HOME", home.toString(), "CI", "true"), log(), timeout);
        CommandContainer container = new CommandContainer(image.orElseThrow(), List.of(source, home), memory);
        try (Executor executor = TestExecutors.local(folder)) {
            return executor.run(command, container, beginning);
        }
    }

    private Result run(String script) throws Exception {
        return run(script, Duration.ofSeconds(50), 0, _ -> {});
    }

    @Test
    void it_runs_in_its_folder_and_what_it_writes_is_the_servers() throws Exception {
        Result result = run("pwd; echo $HOME $CI; touch made $HOME/kept; exit 3");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(log()).hasContent("%s\n%s true\n".formatted(source, home));
        assertThat(ContainerEngine.owner(source.resolve("made"))).isEqualTo(ContainerEngine.owner(folder));
        assertThat(home.resolve("kept")).exists();
    }

    @Test
    void it_sees_these_folders_only_and_no_network() throws Exception {
        Result result = run("ls " + folder.resolve("attempt") + "; ls /sys/class/net; cat ../secret");

        assertThat(result.tail().lines()).startsWith("home", "source", "lo").noneMatch(line -> line.contains("hunter"));
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void its_time_and_its_memory_are_limited() throws Exception {
        assertThat(run("sleep 1000", Duration.ofSeconds(1), 0, _ -> {}).timedOut())
                .isTrue();

        Result result = run("head -c 200m /dev/zero | tail -n 1 > all", Duration.ofSeconds(50), 64L << 20, _ -> {});
        assertThat(result.tail()).contains("Killed");
    }

    @Test
    void who_ends_its_process_ends_the_container() throws Exception {
        Commands other = TestExecutors.commands(); // as the watch of builds has it
        Result result = run(
                "touch here; sleep 1000 & sleep 1000",
                Duration.ofMinutes(5),
                0,
                started -> Thread.ofVirtual().start(() -> {
                    await().until(() -> Files.exists(source.resolve("here")));
                    other.kill(started);
                }));

        assertThat(result.succeeded()).isFalse();
        assertThat(result.timedOut()).isFalse();
    }

    @Test
    void what_a_server_that_died_left_running_is_ended_by_the_next_one() throws Exception {
        Result result = run(
                "touch here; sleep 1000",
                Duration.ofMinutes(5),
                0,
                _ -> Thread.ofVirtual().start(() -> {
                    await().until(() -> Files.exists(source.resolve("here")));
                    try (Executor next = TestExecutors.local(folder)) {
                        next.endLeftovers(List.of());
                    }
                }));

        assertThat(result.succeeded()).isFalse();
        assertThat(result.timedOut()).isFalse();
    }
}
