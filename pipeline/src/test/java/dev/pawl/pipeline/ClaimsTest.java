package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static dev.pawl.pipeline.TestStep.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is alone, and a backlog. */
@Timeout(60)
class ClaimsTest {
    private static final int PLACES = 4;
    private static final int MOST = PLACES * (1 + Claims.AHEAD);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void what_it_cannot_begin_soon_is_left_to_those_that_come_later(TestDatabases database) {
        var executor = new ScriptedExecutor();
        try (Rig rig = Rig.on(database, folder, executor)) {
            List<RunId> runs = new ArrayList<>();
            for (int i = 0; i < MOST + 5; i++) {
                runs.add(rig.submit(pipeline(step("a", "held-ok").uncached())));
            }
            rig.start();
            await().atMost(PATIENCE).until(() -> executor.begun.size() == PLACES);

            RunId waiting = runs.getLast();
            rig.orchestrator().cancel(waiting, "not wanted");
            await().atMost(PATIENCE).until(() -> rig.orchestrator().run(waiting).state() == RunState.CANCELLED);
            assertThat(claimed(rig)).isEqualTo(MOST);

            executor.letGo.countDown();
            for (RunId run : runs.subList(0, runs.size() - 1)) {
                assertThat(rig.awaitEnd(run).state()).isEqualTo(RunState.SUCCEEDED);
            }
        }
    }

    @Test
    void however_much_of_one_run_waits_another_may_be_more_urgent_and_is_taken() {
        var executor = new ScriptedExecutor();
        try (Rig rig = Rig.on(TestDatabases.SQLITE, folder, executor)) {
            TestStep[] many = IntStream.range(0, 2 * MOST)
                    .mapToObj(i -> step("s" + i, "held-ok").uncached())
                    .toArray(TestStep[]::new);
            RunId large = rig.submit(pipeline(many));
            rig.start();
            await().atMost(PATIENCE).until(() -> executor.begun.size() == PLACES);

            RunId next = rig.submit(pipeline(step("a", "held-ok").uncached()));
            await().atMost(PATIENCE).until(() -> claimed(rig) == 2);

            executor.letGo.countDown();
            assertThat(rig.awaitEnd(large).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.awaitEnd(next).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    private static long claimed(Rig rig) {
        return rig.store()
                .database()
                .read(tx -> tx.number("select count(*) from run where owner is not null and ended_at is null"));
    }
}
