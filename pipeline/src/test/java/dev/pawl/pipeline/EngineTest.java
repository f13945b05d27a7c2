package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.RunRules;
import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
    @TempDir
    Path folder;

    private final ScriptedExecutor executor = new ScriptedExecutor();

    private Rig rig(TestDatabases database) {
        return Rig.on(database, folder, executor).start();
    }

    private static TestStep step(String name, String script) {
        return TestStep.step(name, script);
    }

    @ParameterizedTest
    @EnumSource
    void a_step_runs_once_for_each_item_and_its_outputs_are_collected_in_order(TestDatabases database) {
        try (Rig rig = rig(database)) {
            RunId id = rig.submit(pipeline(
                    step("parts", "ok").givingList(),
                    step("each", "ok").each("parts"),
                    step("all", "ok").after("each")));

            assertThat(rig.awaitEnd(id).because()).isEqualTo("3 steps succeeded");
            var items = rig.orchestrator().items(id, rig.stepOf(id, "each").name(), 0, 10);
            assertThat(items).hasSize(3).allMatch(item -> item.state() == StepState.SUCCEEDED);
            assertThat(rig.store()
                            .artifacts()
                            .members(requireNonNull(
                                    rig.stepOf(id, "each").outputs().get("each"))))
                    .containsOnlyKeys("000000", "000001", "000002");
        }
    }

    @Test
    void an_item_that_fails_fails_the_step_and_the_run() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId id = rig.submit(pipeline(
                    step("parts", "ok").givingList(),
                    step("each", "fail").each("parts").uncached()));

            assertThat(rig.awaitEnd(id).because()).contains("step 'each[", "failed");
            assertThat(rig.stepOf(id, "each").state()).isEqualTo(StepState.FAILED);
            assertThat(rig.orchestrator().runs().itemCounts(id).values()).allSatisfy(items -> {
                assertThat(items.all()).isEqualTo(3);
                assertThat(items.succeeded())
                        .as("those that are over without success")
                        .isZero();
            });
        }
    }

    @Test
    void a_step_whose_condition_is_not_true_is_skipped_with_what_needs_it() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId id = rig.submit(pipeline(
                    step("a", "ok").parameter("go", false).when("go == true"),
                    step("b", "ok").after("a"),
                    step("c", "ok").afterIfThere("a"),
                    step("d", "ok").after("c").parameter("go", true).when("go")));

            assertThat(rig.awaitEnd(id).because()).isEqualTo("2 steps succeeded, 2 skipped");
            assertThat(rig.states(id))
                    .isEqualTo(Map.of(
                            "a",
                            StepState.SKIPPED,
                            "b",
                            StepState.SKIPPED,
                            "c",
                            StepState.SUCCEEDED,
                            "d",
                            StepState.SUCCEEDED));
            assertThat(rig.stepOf(id, "b").error().orElse("")).contains("step 'a' was skipped", "go == true");
        }
    }

    @Test
    void a_step_that_always_runs_comes_last_however_the_run_ends() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId good = rig.submit(pipeline(step("a", "ok"), step("last", "ok").always()));
            RunId bad = rig.submit(pipeline(
                    step("a", "fail"),
                    step("b", "ok").after("a"),
                    step("last", "ok").always()));
            RunId worse = rig.submit(
                    pipeline(step("a", "ok"), step("last", "fail").always().uncached()));

            assertThat(rig.awaitEnd(good).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.awaitEnd(bad).state()).isEqualTo(RunState.FAILED);
            assertThat(rig.states(bad))
                    .containsEntry("last", StepState.SUCCEEDED)
                    .containsEntry("b", StepState.SKIPPED);
            assertThat(rig.awaitEnd(worse).because()).contains("step 'last' failed");
        }
    }

    @Test
    void a_failure_is_retried_and_a_loss_costs_no_attempt() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId id = rig.submit(pipeline(step("a", "fail-once").attempts(2), step("b", "lose-once")));

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.orchestrator().attempts(id, rig.stepOf(id, "a").name()))
                    .extracting(RunAttempt::state)
                    .containsExactly("FAILED", "SUCCEEDED");
            assertThat(rig.orchestrator().attempts(id, rig.stepOf(id, "b").name()))
                    .extracting(RunAttempt::state)
                    .containsExactly("LOST", "SUCCEEDED");
        }
    }

    @Test
    void equal_steps_at_the_same_time_run_once() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            List<RunId> ids = IntStream.range(0, 8)
                    .mapToObj(_ -> rig.submit(pipeline(step("a", "ok"))))
                    .toList();

            assertThat(ids)
                    .allSatisfy(id -> assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED));
            assertThat(executor.succeeded.values()).hasSize(1);
        }
    }

    @Test
    void a_pipeline_takes_no_more_places_than_it_may() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            Definition narrow = pipeline(
                    new RunRules(1, 0),
                    Map.of(),
                    List.of(step("a", "hang").step(), step("b", "hang").step()));
            RunId id = rig.submit(narrow);

            await().until(() -> executor.begun.size() == 1);
            executor.release.countDown();
            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(executor.begun).hasSize(2);
        }
    }

    @Test
    void a_pool_that_the_server_does_not_have_is_named() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId id = rig.submit(pipeline(step("a", "ok").pool("gpu")));

            assertThat(rig.awaitEnd(id).because()).contains("pool 'gpu'", "[default]", "--pool gpu=");
        }
    }

    @Test
    void a_resumed_run_makes_only_what_the_earlier_one_did_not() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId failed = rig.submit(pipeline(
                    step("a", "ok").uncached(),
                    step("b", "fail-once").after("a").uncached()));
            assertThat(rig.awaitEnd(failed).state()).isEqualTo(RunState.FAILED);

            RunId resumed = rig.orchestrator().resume(failed);

            rig.awaitEnd(resumed);
            assertThat(rig.stepOf(resumed, "a").state()).isEqualTo(StepState.CACHED);
            assertThat(rig.stepOf(resumed, "a").cachedFrom()).contains(failed);
            assertThat(executor.begun).doesNotContainKey(resumed + "/a/-1").containsKey(resumed + "/b/-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_slept_past_its_lease_keeps_its_runs(TestDatabases database) {
        try (Rig rig = rig(database)) {
            RunId id = rig.submit(pipeline(step("a", "hang")));
            await().until(() -> executor.begun.size() == 1);

            rig.store().database().change(tx -> tx.update("update server set lease_until = 0"));
            rig.awaitEnd(rig.submit(pipeline(step("b", "ok"))));
            executor.release.countDown();

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.stepOf(id, "a").attempt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_another_server_took_is_let_go_and_what_it_gave_back_is_taken_up(TestDatabases database) {
        try (Rig rig = rig(database)) {
            RunId id = rig.submit(pipeline(step("a", "hang")));
            await().until(() -> executor.begun.size() == 1);

            rig.store().database().change(tx -> {
                tx.update("insert into server values ('other', 'elsewhere', 0, ?)", Long.MAX_VALUE);
                tx.update("update run set owner = 'other', generation = generation + 1");
            });
            await().until(() -> executor.interrupted.get() == 1);
            rig.store().database().change(tx -> tx.update("delete from server where id = 'other'"));
            executor.release.countDown();

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.stepOf(id, "a").attempt()).isEqualTo(2);
        }
    }

    @Test
    void a_resumed_run_runs_again_what_always_runs() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId failed = rig.submit(
                    pipeline(step("a", "fail").uncached(), step("last", "ok").always()));
            assertThat(rig.awaitEnd(failed).state()).isEqualTo(RunState.FAILED);

            RunId resumed = rig.orchestrator().resume(failed);

            assertThat(rig.awaitEnd(resumed).state()).isEqualTo(RunState.FAILED);
            assertThat(rig.states(resumed)).containsEntry("last", StepState.SUCCEEDED);
        }
    }
}
