package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandWatchTest {
    @TempDir
    Path folder;

    @Test
    void what_forks_without_end_is_ended() throws Exception {
        var commands = new Commands(Clock.system(), Path.of(System.getProperty("java.home")));
        var command = Commands.Command.shell(
                "while :; do sleep 1000 & sleep 0.02; done",
                folder,
                Map.of(),
                folder.resolve("log"),
                Duration.ofMinutes(5));
        var bounds = new CommandWatch.Bounds(Long.MAX_VALUE, 20);
        try (CommandWatch watch = new CommandWatch(Clock.system(), commands, folder, bounds)) {
            Commands.Result result = commands.run(command, watch::began);

            assertThat(result.timedOut()).isFalse();
            assertThat(watch.ended()).hasValue("was ended, because it had more than 20 processes at a time");
        }
    }
}
