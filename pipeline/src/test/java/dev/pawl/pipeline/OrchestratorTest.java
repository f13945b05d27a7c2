package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrchestratorTest {
    /** Ends well only if the other one runs at the same time. */
    private static final String MEET =
            "echo > $MARKS/%s; while [ ! -f $MARKS/%s ]; do sleep 0.02; done; echo %s > ../outputs/%s";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void branches_of_a_diamond_run_at_the_same_time(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            RunId id = rig.submit(pipeline(
                    rig.step("a", "echo 1 > $PAWL_OUTPUTS/a; echo '{\"name\":\"m\",\"value\":2.5}' > ../metrics.jsonl"),
                    rig.step("b", MEET.formatted("b", "c", "b", "b")).after("a"),
                    rig.step("c", MEET.formatted("c", "b", "c", "c")).after("a"),
                    rig.step("d", "cat $PAWL_INPUTS/b $PAWL_INPUTS/c > ../outputs/d")
                            .after("b", "c")));

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.output(id, "d")).isEqualTo("b\nc\n");
            assertThat(rig.orchestrator().metrics(id))
                    .extracting(MetricPoint::value)
                    .containsExactly(2.5);
            assertThat(rig.finished()).singleElement().satisfies(fact -> {
                assertThat(fact.outcome()).isEqualTo(Outcome.SUCCEEDED);
                assertThat(fact.outputs()).containsOnlyKeys("a", "b", "c", "d");
            });
            assertThat(rig.orchestrator().runs(Optional.of(new ProjectName("test")), Optional.empty(), 10))
                    .extracting(run -> run.spec().id())
                    .containsExactly(id);
            assertThat(rig.orchestrator().runs(Optional.empty(), Optional.of(Fact.Purpose.PRODUCTION), 10))
                    .isEmpty();
        }
    }

    @Test
    void a_step_that_fails_is_tried_again() {
        try (Rig rig = Rig.in(folder).start()) {
            Run run = rig.run(
                    pipeline(rig.step("a", "echo x >> $MARKS/a; echo 1 > ../outputs/a; [ $(wc -l < $MARKS/a) -ge 2 ]")
                            .attempts(3)));

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.count("a")).isEqualTo(2);
            assertThat(rig.stepOf(run.spec().id(), "a").attempt()).isEqualTo(2);
        }
    }

    @Test
    void a_failed_run_says_which_step_and_why_and_skips_the_rest() {
        try (Rig rig = Rig.in(folder).start()) {
            Run run = rig.run(pipeline(
                    rig.step("train", "echo x >> $MARKS/train; echo no such column >&2; exit 3")
                            .attempts(2),
                    rig.step("next", "echo 1 > ../outputs/next").after("train")));

            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.because())
                    .contains("step 'train' failed (attempt 2 of 2)", "exit code 3", "no such column", "run again");
            assertThat(rig.count("train")).isEqualTo(2);
            assertThat(rig.states(run.spec().id()))
                    .isEqualTo(Map.of("train", StepState.FAILED, "next", StepState.SKIPPED));
            assertThat(rig.finished()).singleElement().satisfies(fact -> {
                assertThat(fact.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(fact.because()).isEqualTo(run.because());
            });
        }
    }

    @Test
    void a_failure_ends_what_runs_beside_it() {
        try (Rig rig = Rig.in(folder).start()) {
            Run run = rig.run(pipeline(
                    rig.step("slow", "echo $$ > $MARKS/pid.new; mv $MARKS/pid.new $MARKS/pid; sleep 300"),
                    rig.step("bad", "while [ ! -f $MARKS/pid ]; do sleep 0.02; done; exit 1")));

            assertThat(rig.states(run.spec().id()))
                    .isEqualTo(Map.of("slow", StepState.CANCELLED, "bad", StepState.FAILED));
            await().atMost(Duration.ofSeconds(10)).until(() -> !rig.isAlive("pid"));
            assertThat(rig.finished()).hasSize(1);
        }
    }

    @Test
    void a_timeout_ends_the_whole_process_tree() {
        try (Rig rig = Rig.in(folder).start()) {
            Run run = rig.run(pipeline(
                    rig.step("a", "sleep 300 & echo $! > $MARKS/child; (sleep 300 & echo $! > $MARKS/orphan); wait")
                            .timeout(Duration.ofMillis(700))));

            assertThat(run.because()).contains("step 'a' failed", "timeout of 0.7 s", "pawl.yaml");
            await().atMost(Duration.ofSeconds(10)).until(() -> !rig.isAlive("child") && !rig.isAlive("orphan"));
        }
    }

    @Test
    void cancelling_ends_a_running_step_and_those_that_wait() {
        try (Rig rig = Rig.in(folder).start()) {
            RunId id = rig.submit(pipeline(
                    rig.step("a", "echo $$ > $MARKS/pid.new; mv $MARKS/pid.new $MARKS/pid; sleep 300"),
                    rig.step("b", "echo x >> $MARKS/b").after("a")));
            rig.awaitMark("pid");

            assertThat(rig.orchestrator().cancel(id, "not needed any more")).isTrue();

            assertThat(rig.orchestrator().cancel(id, "once more")).isFalse();
            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.CANCELLED);
            await().atMost(Duration.ofSeconds(10)).until(() -> !rig.isAlive("pid"));
            assertThat(rig.states(id)).containsValue(StepState.CANCELLED).doesNotContainValue(StepState.RUNNING);
            assertThat(rig.finished())
                    .extracting(Fact.RunFinished::outcome, Fact.RunFinished::because)
                    .containsExactly(tuple(Outcome.CANCELLED, "not needed any more"));
        }
    }

    @Test
    void a_run_that_waits_for_its_turn_is_cancelled_without_beginning() {
        try (Rig rig = Rig.in(folder, 1).start()) {
            RunId first = rig.submit(pipeline(rig.step(
                    "a", "echo > $MARKS/began; while [ ! -f $MARKS/go ]; do sleep 0.02; done; echo 1 > ../outputs/a")));
            rig.awaitMark("began");
            RunId second = rig.submit(pipeline(rig.step("b", "echo x >> $MARKS/b")));

            rig.orchestrator().cancel(second, "too late");
            Rig.write(rig.mark("go"), "");

            assertThat(rig.awaitEnd(first).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.states(second)).isEqualTo(Map.of("b", StepState.CANCELLED));
            assertThat(rig.count("b")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        TABLE  | true                              | was not written
        TABLE  | echo a,b > ../outputs/a.csv       | has no row below its header
        TABLE  | printf 'a,b\\n1\\n' > ../outputs/a.csv | a.csv:2: 1 fields, but the header has 2
        REPORT | echo '[1]' > ../outputs/a.json    | is no JSON object
        REPORT | echo '{' > ../outputs/a.json      | is no JSON
        REPORT | echo '{"b":[1]}' > ../outputs/a.json  | its 'b' is no number, text or boolean
        REPORT | echo '{"b":null}' > ../outputs/a.json | its 'b' is no number, text or boolean
        MODEL  | : > ../outputs/a.onnx             | is empty
        MODEL  | mkdir ../outputs/a.onnx           | must be a regular file
        FOLDER | echo 1 > ../outputs/a             | declared a folder, but is a file
        FILE   | ln -s /etc/hostname ../outputs/a  | must be a regular file
        """)
    void an_output_that_is_not_what_was_declared_fails_the_step(OutputType type, String run, String error) {
        try (Rig rig = Rig.in(folder).start()) {
            Run ended = rig.run(pipeline(rig.step("a", run).giving(Map.of("a", type))));

            assertThat(ended.state()).isEqualTo(RunState.FAILED);
            assertThat(ended.because()).contains("step 'a' failed", "its output 'a'", error);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a.best.rows > 1             | SUCCEEDED
        a.best.rows > 2             | SKIPPED
        a.by.part == 'dotted'       | SUCCEEDED
        """)
    void a_condition_asks_for_what_is_further_down_in_a_record(String when, StepState state) {
        String made = "echo '{\"best\": {\"rows\": 2}, \"by.part\": \"dotted\"}' > ../outputs/a.json";
        try (Rig rig = Rig.in(folder).start()) {
            Run run = rig.run(pipeline(
                    rig.step("a", made).giving(OutputType.RECORD),
                    rig.step("b", "echo 1 > ../outputs/b").after("a").when(when)));

            assertThat(rig.states(run.spec().id())).isEqualTo(Map.of("a", StepState.SUCCEEDED, "b", state));
        }
    }

    @Test
    void several_outputs_have_names_of_their_own() {
        try (Rig rig = Rig.in(folder).start()) {
            RunId id = rig.submit(pipeline(rig.step(
                            "a",
                            "printf 'x\\n"
                                    + "1\\n"
                                    + "' > ../outputs/t.csv; mkdir ../outputs/f; echo 1 > ../outputs/f/one; echo '{}' >"
                                    + " ../outputs/r.json")
                    .giving(Map.of("t", OutputType.TABLE, "f", OutputType.FOLDER, "r", OutputType.REPORT))));

            assertThat(rig.awaitEnd(id).because()).isEqualTo("1 step succeeded");
            assertThat(rig.finished())
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.outputs()).containsOnlyKeys("a.t", "a.f", "a.r"));
        }
    }

    @Test
    void a_step_sees_the_package_its_parameters_and_nothing_of_the_server() {
        try (Rig rig = Rig.in(folder).start()) {
            Digest code = rig.packageOf(Map.of("script.sh", "echo from $1", "lib/x", "y"));
            RunId id = rig.submit(
                    pipeline(
                            rig.step(
                                    "a",
                                    "sh script.sh a > ../outputs/a; cat lib/x >> ../outputs/a; cat $PAWL_STEP >>"
                                            + " ../outputs/a"),
                            rig.step("env", "env | cut -d= -f1 | sort | tr '\\n' ' ' > ../outputs/env")
                                    .parameter("eta", 0.1)),
                    code,
                    Optional.empty());

            rig.awaitEnd(id);
            assertThat(rig.output(id, "a"))
                    .startsWith("from a\ny")
                    .contains("\"contract\" : 2", "1971-01-10T00:00:00Z");
            assertThat(rig.output(id, "env").replaceAll("(PWD|OLDPWD|SHLVL|_) ", ""))
                    .isEqualTo(
                            "HOME JAVA_HOME LANG PATH PAWL_INPUTS PAWL_METRICS PAWL_OUTPUTS PAWL_PACKAGE PAWL_PROCESS"
                                    + " PAWL_STEP ");
        }
    }

    @Test
    void a_requested_run_is_a_production_run_of_its_environment() {
        try (Rig rig = Rig.in(folder).start()) {
            Definition definition = pipeline(rig.step("a", "echo 1 > ../outputs/a"));
            RunId id = rig.store().ids().next("run", RunId::new);
            Fact requested = new Fact.RunRequested(
                    definition.project(),
                    new EnvironmentName("prod"),
                    id,
                    rig.packageOf(Map.of()),
                    new Definitions(rig.store().artifacts()).keep(definition),
                    new Fact.Reason(Fact.Trigger.ON_DEMAND, "by hand"),
                    Instant.parse("1971-01-01T00:00:00Z"));
            rig.store().database().change(tx -> rig.store().ledger().append(tx, requested));

            await().until(() -> rig.finished().size() == 1);
            assertThat(rig.finished()).singleElement().satisfies(fact -> {
                assertThat(fact.runId()).isEqualTo(id);
                assertThat(fact.purpose()).isEqualTo(Fact.Purpose.PRODUCTION);
                assertThat(fact.environment()).contains(new EnvironmentName("prod"));
                assertThat(fact.outcome()).isEqualTo(Outcome.SUCCEEDED);
            });
            assertThat(rig.orchestrator().run(id).spec().reason()).isEqualTo("by hand");
        }
    }

    @Test
    void a_run_whose_package_or_definition_is_lost_fails_and_says_so() {
        try (Rig rig = Rig.in(folder).start()) {
            Definition definition = pipeline(rig.step("a", "echo 1 > ../outputs/a"));
            RunId lostPackage = rig.submit(definition, Digest.of("lost"), Optional.empty());

            assertThat(rig.awaitEnd(lostPackage).because())
                    .contains("There is no artifact", Digest.of("lost").value());
        }
    }

    @Test
    void a_run_id_that_is_known_is_left_alone() {
        try (Rig rig = Rig.in(folder)) {
            RunId id = rig.submit(pipeline(rig.step("a", "echo 1 > ../outputs/a")));
            RunQueue.RunSpec spec = rig.orchestrator().run(id).spec();

            rig.store().database().change(tx -> rig.orchestrator().submit(tx, spec));

            assertThat(rig.orchestrator().runs(Optional.empty(), Optional.empty(), 10))
                    .hasSize(1);
        }
    }
}
