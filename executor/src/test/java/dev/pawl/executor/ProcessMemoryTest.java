package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.executor.Commands.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessMemoryTest {
    private static final long MIB = 1L << 20;

    /** Six processes that share what the first one has. */
    private static final String SHARES = """
        x=$(head -c 60000000 /dev/zero | tr '\\0' a)
        for i in 1 2 3 4 5 6; do (sleep 1000; : "$x") & done
        touch ready
        wait
        """;

    @TempDir
    Path folder;

    @Test
    void what_is_shared_counts_once_where_it_matters() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/smaps_rollup")), "skipped: this system does not tell");
        var known = new AtomicReference<ProcessUsage>();
        var exact = new AtomicReference<ProcessUsage>();
        Commands commands = TestExecutors.commands();
        commands.run(
                Command.shell(SHARES, folder, Map.of(), folder.resolve("log"), Duration.ofSeconds(50)),
                started -> Thread.ofVirtual().start(() -> {
                    await().until(() -> Files.exists(folder.resolve("ready")));
                    ProcessTree tree = ProcessTree.find(started).orElseThrow();
                    known.set(tree.usage(Long.MAX_VALUE));
                    exact.set(tree.usage(1));
                    commands.kill(started);
                }));

        assertThat(known.get().processes()).isGreaterThan(6);
        assertThat(known.get().memoryBytes()).isGreaterThan(6 * 57 * MIB);
        assertThat(exact.get().memoryBytes()).isBetween(57 * MIB, 200 * MIB);
    }
}
