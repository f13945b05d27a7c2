package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL itself goes away in the middle of a run, and comes back. */
@Timeout(180)
class DatabaseGoneTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void a_step_that_ends_while_the_database_is_away_counts_and_is_not_made_twice() {
        try (Rig rig = Rig.on(TestDatabases.POSTGRES, folder).start()) {
            RunId id = rig.submit(pipeline(
                    rig.step("a", "echo x >> $MARKS/a; echo 1 > ../outputs/a"),
                    rig.step(
                                    "b",
                                    "echo x >> $MARKS/b; while [ ! -f $MARKS/go ]; do sleep 0.02; done;"
                                            + " cp ../inputs/a ../outputs/b; echo x >> $MARKS/b-done")
                            .after("a"),
                    rig.step("c", "echo x >> $MARKS/c; cp ../inputs/b ../outputs/c")
                            .after("b")));
            rig.awaitMark("b");

            TestDatabases.crashPostgres();
            try {
                Rig.write(rig.mark("go"), "");
                rig.awaitMark("b-done");
                await().atMost(PATIENCE)
                        .until(() -> rig.orchestrator().trouble().isPresent());
            } finally {
                TestDatabases.startPostgresAgain();
            }

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> rig.orchestrator().run(id).state().isOver());
            assertThat(rig.orchestrator().run(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.count("a")).isEqualTo(1);
            assertThat(rig.count("b")).isEqualTo(1);
            assertThat(rig.count("c")).isEqualTo(1);
            assertThat(rig.finished()).hasSize(1);
            assertThat(rig.orchestrator().trouble()).isEmpty();
        }
    }
}
