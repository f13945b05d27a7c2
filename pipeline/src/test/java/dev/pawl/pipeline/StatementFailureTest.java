package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static dev.pawl.pipeline.TestStep.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.RunId;
import dev.pawl.store.FailingStatements;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every statement and every commit of a whole run fails once, one after the other: nothing is lost and nothing done twice. */
@Timeout(240)
class StatementFailureTest {
    private static final int MOST_STATEMENTS = 2_000;

    @TempDir
    Path folder;

    private static Definition definition() {
        return pipeline(
                step("first", "ok").givingList(),
                step("each", "ok").each("first"),
                step("again", "fail-once").after("each").attempts(2),
                step("not", "ok").parameter("go", false).when("go"),
                step("last", "ok").after("again").afterIfThere("not"),
                step("end", "ok").always());
    }

    @ParameterizedTest
    @EnumSource
    void a_run_ends_well_whichever_statement_fails(TestDatabases database) {
        int stride = database == TestDatabases.SQLITE ? 1 : 5;
        int failed = 0;
        for (int n = 1; failing(database, n); n += stride) {
            failed++;
            assertThat(n).isLessThan(MOST_STATEMENTS);
        }
        assertThat(failed).as("statements that a run takes").isGreaterThan(20);
    }

    /** @return whether the run took that many statements */
    private boolean failing(TestDatabases database, int n) {
        Path place = folder.resolve(database + "-" + n);
        place.toFile().mkdirs();
        String url = database.fresh(place);
        database.open(url, place, Clock.system(), Orchestrator.SCHEMA).close();
        var executor = new ScriptedExecutor();
        var statements = new FailingStatements();
        try (Store watching = database.open(url, place, Clock.system(), Orchestrator.SCHEMA);
                Rig rig = Rig.over(() -> failing(database, url, place, statements), place, executor)
                        .start()) {
            RunId id = submit(rig, statements, n);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> run(watching, id)
                            .filter(run -> run.state().isOver())
                            .isPresent());
            assertThat(run(watching, id).map(Run::state))
                    .as("statement %d failed", n)
                    .contains(RunState.SUCCEEDED);
            boolean hasFailed = statements.hasFailed();
            statements.failAfter(Long.MAX_VALUE);
            Invariants.assertHold(rig, executor, id, false);
            return hasFailed;
        }
    }

    private static Optional<Run> run(Store watching, RunId id) {
        return watching.database().read(tx -> new RunStore().find(tx, id));
    }

    private static RunId submit(Rig rig, FailingStatements statements, int n) {
        var packageDigest = rig.packageOf(Map.of("README", "nothing"));
        statements.failAfter(n);
        try {
            return rig.submit(definition(), packageDigest, Optional.empty());
        } catch (RuntimeException _) { // whoever hands in a run is told that it was not taken, and does so again
            return rig.submit(definition(), packageDigest, Optional.empty());
        }
    }

    private static Store failing(TestDatabases database, String url, Path place, FailingStatements statements) {
        Clock clock = Clock.system();
        return Store.open(database.failing(url, statements), place, clock, Ids.system(), List.of(Orchestrator.SCHEMA));
    }
}
