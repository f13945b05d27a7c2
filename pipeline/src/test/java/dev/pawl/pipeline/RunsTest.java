package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import dev.pawl.store.Tx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunsTest {
    private static final int MANY = 1_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void many_runs_come_with_their_last_metrics_and_their_data(TestDatabases database) {
        try (Store store = database.open(folder, Clock.system(), Orchestrator.SCHEMA)) {
            store.database().change(RunsTest::addMany);

            List<SurveyedRun> runs = new Runs(store).survey(Purpose.EXPERIMENT, Runs.MOST_SURVEYED);

            assertThat(runs).hasSize(MANY);
            assertThat(runs.getFirst().run().spec().id()).isEqualTo(id(MANY - 1));
            assertThat(runs.get(MANY - 8).metrics())
                    .containsOnlyKeys("train.loss")
                    .containsEntry("train.loss", 7.25);
            assertThat(runs.getFirst().data()).containsOnlyKeys("births");
            assertThat(new Runs(store).survey(Purpose.EXPERIMENT, 2)).hasSize(2);
            assertThat(new Runs(store).survey(Purpose.PRODUCTION, 2)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_is_named_by_its_id_or_the_beginning_of_it(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            RunId first = rig.submit(pipeline(rig.step("a", "echo > $PAWL_OUTPUTS/a")));
            RunId second = rig.submit(pipeline(rig.step("a", "echo > $PAWL_OUTPUTS/a")));
            Runs runs = new Runs(rig.store());

            String text = first.value();
            assertThat(runs.named(text)).isEqualTo(first);
            assertThat(runs.named(text.substring(0, text.length() - 1))).isEqualTo(first);
            assertThat(runs.named(text.substring("run-".length()))).isEqualTo(first);
            assertThatThrownBy(() -> runs.named("run-0")).hasMessageContainingAll(text, second.value());
            assertThatThrownBy(() -> runs.named("run-z")).hasMessageContaining("There is no run run-z");
            assertThat(runs.open()).isSubsetOf(first, second);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_under_way_is_seen_beside_the_server_that_runs_it(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            RunId run = rig.submit(pipeline(rig.step(
                    "a",
                    "echo begun; touch $MARKS/a; while [ ! -e $MARKS/go ]; do sleep 0.02; done; echo >"
                            + " $PAWL_OUTPUTS/a")));
            rig.awaitMark("a");
            Runs runs = new Runs(rig.store());

            assertThat(runs.isAttended(run)).isTrue();
            assertThat(runs.attemptsUnderWay(run)).singleElement().satisfies(attempt -> {
                assertThat(attempt.step()).isEqualTo(new StepName("a"));
                assertThat(Path.of(attempt.scratch().orElseThrow()).resolve("log.txt"))
                        .content()
                        .contains("begun");
            });

            Rig.write(rig.mark("go"), "");
            rig.awaitEnd(run);
            assertThat(runs.attemptsUnderWay(run)).isEmpty();
            assertThat(runs.attempts(run))
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.log()).isPresent());
            assertThat(runs.itemCounts(run)).isEmpty();
        }
    }

    @Test
    void a_run_that_waits_for_a_server_is_not_attended() {
        try (Rig rig = Rig.in(folder)) {
            RunId run = rig.submit(pipeline(rig.step("a", "echo > $PAWL_OUTPUTS/a")));

            assertThat(new Runs(rig.store()).isAttended(run)).isFalse();
        }
    }

    private static void addMany(Tx tx) {
        for (int i = 0; i < MANY; i++) {
            tx.update(
                    """
                    insert into run (id, project, purpose, package_digest, definition, as_of, reason, priority, state, because,
                      generation, submitted_at) values (?, 'many', ?, ?, ?, 0, 'a test', 0, ?, '', 0, ?)
                    """,
                    id(i),
                    Purpose.EXPERIMENT,
                    Digest.of("package"),
                    Digest.of("definition"),
                    RunState.SUCCEEDED,
                    i);
            tx.update("insert into snapshot values (?, 'births', ?)", id(i), Digest.of("births"));
            for (int place = 0; place < 3; place++) {
                tx.update(
                        "insert into metric values (?, 'train', -1, ?, 'loss', ?, ?)",
                        id(i),
                        place,
                        place % 2, // the one with the highest position is neither the first nor the last
                        place == 1 ? i + 0.25 : -1.0);
            }
        }
    }

    private static RunId id(int number) {
        return new RunId("run-%05d".formatted(number));
    }
}
