package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.OnException;
import dev.pawl.definition.Definition.OnTimeout;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Resources;
import dev.pawl.definition.Definition.Retry;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.Definition.StepRules;
import dev.pawl.definition.TriggerRule.OnDecay;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.StepName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PawlYamlTest {
    @TempDir
    Path folder;

    @Test
    void a_class_is_compiled_with_its_description() {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass());
        var definition = yaml.compile(Optional.of(YamlExamples.DESCRIPTION));

        assertThat(yaml.project()).isEqualTo(new ProjectName("births"));
        assertThat(yaml.pipelineClass()).contains("example.births.Births");
        assertThat(names(definition))
                .containsExactly(
                        "features", "train", "holdout", "evaluate", "folds", "tune-score", "summary", "farewell");
        Step train = definition.step(new StepName("train"));
        assertThat(train.command()).isEqualTo(new JavaMethod("example.births.Births", "train"));
        assertThat(train.inputs())
                .containsExactly(Map.entry("features", new FromStep(new StepName("features"), "features")));
        assertThat(train.outputs()).containsExactly(Map.entry("train", Output.one(OutputType.MODEL)));
        assertThat(train.parameters())
                .isEqualTo(Map.of("eta", 0.1, "rounds", 300, "early", false, "loss", "l2", "scale", 1.0));
        assertThat(definition.step(new StepName("evaluate")).rules().cache()).isFalse();
        assertThat(definition.step(new StepName("features")).inputs()).containsValue(new FromData("births"));
    }

    @Test
    void pawl_yaml_counts_more_than_the_class_which_counts_more_than_what_is_usual() {
        var definition =
                YamlExamples.repository(folder, YamlExamples.ofClass()).compile(Optional.of(YamlExamples.DESCRIPTION));

        var train = definition.step(new StepName("train")).rules();
        assertThat(train.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(train.retry())
                .isEqualTo(new Retry(
                        2,
                        Duration.ofSeconds(1),
                        3.0,
                        Duration.ofMinutes(1),
                        List.of(new OnTimeout(), new OnException("java.io.IOException"))));
        assertThat(train.secrets()).isEqualTo(Map.of("password", "births-password"));
        assertThat(train.resources()).isEqualTo(new Resources(2L << 30, 2, 0, Optional.of(Duration.ofMinutes(5))));
        assertThat(train.pool()).isEqualTo("gpu");
        assertThat(train.tags()).containsExactly("slow");

        var score = definition.step(new StepName("tune-score"));
        assertThat(score.command()).isEqualTo(new JavaMethod("example.births.Tuning", "score"));
        assertThat(score.rules().when()).contains("limit < 9");
        assertThat(score.rules().resources()).isEqualTo(new Resources(0, 4, 0, Optional.of(Duration.ofMinutes(1))));
        assertThat(score.rules().tags()).isEmpty();
        assertThat(definition.step(new StepName("holdout")).rules()).isEqualTo(StepRules.usual());
    }

    @Test
    void a_class_can_fan_out_collect_do_without_and_come_last() {
        var definition =
                YamlExamples.repository(folder, YamlExamples.ofClass()).compile(Optional.of(YamlExamples.DESCRIPTION));

        var score = definition.step(new StepName("tune-score"));
        assertThat(score.inputs()).containsEntry("fold", new FromStep(new StepName("folds"), "folds", true, false));
        assertThat(score.isFannedOut()).isTrue();
        assertThat(score.givesList("score")).isTrue();
        assertThat(definition.step(new StepName("folds")).outputs()).containsValue(new Output(OutputType.TABLE, true));
        var summary = definition.step(new StepName("summary"));
        assertThat(summary.inputs())
                .containsEntry("scores", new FromStep(new StepName("tune-score"), "score"))
                .containsEntry("note", new FromStep(new StepName("holdout"), "holdout", false, true));
        assertThat(summary.rules().when()).contains("evaluate.mape < 0.05");
        var farewell = definition.step(new StepName("farewell"));
        assertThat(farewell.rules().always()).isTrue();
        assertThat(farewell.rules().cache())
                .as("what is to be done always is done again")
                .isFalse();
        assertThat(farewell.outputs()).isEmpty();
    }

    @Test
    void the_sections_around_the_pipeline_are_read() {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass());
        var definition = yaml.compile(Optional.of(YamlExamples.DESCRIPTION));

        assertThat(definition.ci()).isEqualTo(yaml.ci());
        assertThat(yaml.ci().packaged()).containsExactly("target/births-1.jar", "target/lib");
        assertThat(yaml.ci().integration().orElseThrow().sample()).isEqualTo(730);
        var prod = definition.environment(new EnvironmentName("prod"));
        assertThat(definition.environments().getLast()).isEqualTo(prod);
        assertThat(prod.requires()).isEqualTo(new Environment.Requirements(25, 512L << 20, List.of("python3")));
        assertThat(definition.triggers()).hasSize(3).last().isEqualTo(new OnDecay(Duration.ofDays(28)));
        assertThat(definition.model().orElseThrow().load().orElseThrow())
                .isEqualTo(new ModelPlan.LoadGate(200, Duration.ofMillis(50), Duration.ofSeconds(3)));
        assertThat(definition.monitor().orElseThrow().falseAlarmEvery()).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void commands_are_compiled_without_a_description_in_the_order_of_their_data() {
        var definition =
                YamlExamples.repository(folder, YamlExamples.ofCommands()).compile(Optional.empty());

        assertThat(names(definition)).containsExactly("prepare", "features", "train", "report");
        Step train = definition.step(new StepName("train"));
        assertThat(train.inputs())
                .isEqualTo(Map.of(
                        "csv", new FromData("births"),
                        "features", new FromStep(new StepName("features"), "out"),
                        "names", new FromStep(new StepName("prepare"), "names")));
        assertThat(train.parameters())
                .isEqualTo(Map.of("eta", 0.1, "rounds", 200, "loss", "l2", "early", true, "scale", 1.0));
        assertThat(((Shell) train.command()).environment()).isEqualTo(Map.of("OMP_NUM_THREADS", "2", "MODE", "fast"));
        assertThat(definition.ci().packaged()).isEmpty();
    }

    @Test
    void a_definition_equals_what_is_read_from_its_own_json() {
        for (String text : YamlExamples.all()) {
            var definition = YamlExamples.repository(folder, text).compile(Optional.of(YamlExamples.DESCRIPTION));
            assertThat(Json.read(Json.write(definition), Definition.class)).isEqualTo(definition);
        }
    }

    @Test
    void comments_spaces_and_the_order_of_keys_do_not_change_the_digest() {
        String commands = YamlExamples.ofCommands();
        String other = commands.replace("# Steps", "# Other steps")
                .replace("{ OMP_NUM_THREADS: 2, MODE: fast }", "{ MODE:   fast, OMP_NUM_THREADS: 2 }");
        assertThat(other).isNotEqualTo(commands);
        assertThat(YamlExamples.repository(folder, other)
                        .compile(Optional.empty())
                        .digest())
                .isEqualTo(YamlExamples.repository(folder, commands)
                        .compile(Optional.empty())
                        .digest());
    }

    @Test
    void a_budget_can_count_alarms_and_units() {
        String text = YamlExamples.ofClass().replace("1 false alarm per year", "2 false alarms per 6 months");
        var monitor = YamlExamples.repository(folder, text)
                .compile(Optional.of(YamlExamples.DESCRIPTION))
                .monitor();
        assertThat(monitor.orElseThrow().falseAlarmEvery()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void without_a_description_a_class_is_not_compiled() {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass());
        assertThatThrownBy(() -> yaml.compile(Optional.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_wrong_with_the_class_is_said_at_once_where_pawl_yaml_concerns_it() {
        String text = YamlExamples.ofClass()
                .replace("eta: 0.1, rounds: 300", "eta: 3, round: 300")
                .replace("evaluate: {", "evaluat: {")
                .replace("from: train", "from: features")
                .replace("births: { path", "deaths: { path")
                .replace("of: births", "of: deaths");
        var yaml = YamlExamples.repository(folder, text);
        assertThatThrownBy(() -> yaml.compile(Optional.of(YamlExamples.DESCRIPTION)))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.code()).isEqualTo("bad-pawl-yaml"))
                .hasMessage("""
                    pawl.yaml:4:10: pipeline.class: step features.sources.csv: nothing is called 'data.births'; did you mean 'data.deaths'?
                    pawl.yaml:4:10: pipeline.class: step farewell.sources.csv: nothing is called 'data.births'; did you mean 'data.deaths'?
                    pawl.yaml:7:26: pipeline.steps.train.parameters.eta: '3' is not a number (double), at least 0.001, at most 1.0
                    pawl.yaml:7:36: pipeline.steps.train.parameters.round: the step has no parameter 'round'; did you mean 'rounds'?
                    pawl.yaml:11:5: pipeline.steps.evaluat: example.births.Births has no step 'evaluat'; did you mean 'evaluate'?
                    pawl.yaml:32:9: model.from: step 'features' must give exactly one model, but gives 0\
                    """);
    }

    @Test
    void a_parameter_without_a_value_and_a_default_is_missing() {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass().replace("eta: 0.1, ", ""));
        assertThatThrownBy(() -> yaml.compile(Optional.of(YamlExamples.DESCRIPTION)))
                .hasMessage("pawl.yaml:6:5: pipeline.steps.train.parameters.eta:"
                        + " is missing: the class declares no default for it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oops", "[]", "{\"contract\":2", "{\"class\":\"example.births.Births\",\"steps\":[]}"})
    void what_is_no_description_of_this_contract_is_refused(String description) {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass());
        assertThatThrownBy(() -> yaml.compile(Optional.of(description)))
                .isInstanceOf(PawlException.class)
                .hasMessageStartingWith("pawl.yaml:4:10: pipeline.class: its description does not keep version 2 of the"
                        + " step contract; is the SDK of another version?");
    }

    private static List<String> names(Definition definition) {
        return definition.steps().stream().map(step -> step.name().value()).toList();
    }
}
