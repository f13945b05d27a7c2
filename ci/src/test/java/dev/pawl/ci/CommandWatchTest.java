package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandWatchTest {
    @TempDir
    Path folder;

    private void assertEnded(String script, CommandWatch.Bounds bounds, String because) throws Exception {
        var commands = new Commands(Clock.system(), Path.of(System.getProperty("java.home")));
        var command = Commands.Command.shell(script, folder, Map.of(), folder.resolve("log"), Duration.ofMinutes(5));
        try (CommandWatch watch = new CommandWatch(Clock.system(), commands, folder, bounds)) {
            Commands.Result result = commands.run(command, watch::began);

            assertThat(result.timedOut()).isFalse();
            assertThat(watch.ended()).hasValue(because);
        }
    }

    @Test
    void what_takes_too_much_memory_is_ended_with_all_that_it_started() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "skipped: this system has no /proc, and so no limit");
        // tail keeps the last line, which does not end: two of them have what neither has alone
        String eats = "(head -c 90m /dev/zero; sleep 1000) | tail -n 1";
        assertEnded(
                "(%1$s) & (%1$s)".formatted(eats),
                CommandWatch.Bounds.USUAL.withMemory(128L << 20),
                "was ended, because it took more than 128 MiB of memory; ci.memory in pawl.yaml is the limit");
    }

    @Test
    void what_forks_without_end_is_ended() throws Exception {
        assertEnded(
                "while :; do sleep 1000 & sleep 0.02; done",
                new CommandWatch.Bounds(Long.MAX_VALUE, 20, Long.MAX_VALUE),
                "was ended, because it had more than 20 processes at a time");
    }
}
