package dev.pawl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
    private static final int FACTS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void two_processes_on_one_postgresql_handle_every_fact_once_though_one_is_killed() throws Exception {
        String url = TestDatabases.POSTGRES.fresh(folder);
        try (Store store = TestDatabases.POSTGRES.open(url, folder, Clock.system())) {
            store.database().change(tx -> tx.update("create table handled (position bigint, pid bigint)"));
            Process killed = start(url);
            Process other = start(url);
            try {
                for (int i = 1; i <= FACTS; i++) {
                    Fact fact = new Fact.CommitPushed(
                            new ProjectName("births"), "main", new CommitId("%040x".formatted(i)));
                    store.database().change(tx -> store.ledger().append(tx, fact));
                    if (i == FACTS / 2) {
                        Awaitility.await()
                                .atMost(PATIENCE)
                                .until(() -> !handled(store).isEmpty());
                        killed.destroyForcibly();
                    }
                }
                Awaitility.await().atMost(PATIENCE).until(() -> handled(store).size() >= FACTS);
            } finally {
                killed.destroyForcibly().waitFor();
                other.destroyForcibly().waitFor();
            }
            assertThat(handled(store))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, FACTS).boxed().toList());
        }
    }

    private static List<Long> handled(Store store) {
        return store.database()
                .read(tx -> tx.list(row -> row.number("position"), "select position from handled order by position"));
    }

    private Process start(String url) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HandlingProcess.class.getName(),
                        url,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("processes.log").toFile())
                .start();
    }
}
