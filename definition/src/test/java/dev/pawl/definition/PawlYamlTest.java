package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.OnDecay;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
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

class PawlYamlTest {
    @TempDir
    Path folder;

    @Test
    void a_class_is_compiled_with_its_description() {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass());
        var definition = yaml.compile(Optional.of(YamlExamples.DESCRIPTION));

        assertThat(yaml.project()).isEqualTo(new ProjectName("births"));
        assertThat(yaml.pipelineClass()).contains("example.births.Births");
        assertThat(names(definition)).containsExactly("features", "train", "holdout", "evaluate");
        Step train = definition.step(new StepName("train"));
        assertThat(train.command()).isEqualTo(new JavaMethod("example.births.Births"));
        assertThat(train.inputs())
                .containsExactly(Map.entry("features", new FromStep(new StepName("features"), "features")));
        assertThat(train.outputs()).containsExactly(Map.entry("train", OutputType.MODEL));
        assertThat(train.parameters())
                .isEqualTo(Map.of("eta", 0.1, "rounds", 300, "early", false, "loss", "l2", "scale", 1.0));
        assertThat(train.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(train.attempts()).isEqualTo(2);
        assertThat(definition.step(new StepName("evaluate")).cache()).isFalse();
        assertThat(definition.step(new StepName("features")).inputs()).containsValue(new FromData("births"));
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
        assertThat(prod.requires()).isEqualTo(new Definition.Requirements(25, 512L << 20, List.of("python3")));
        assertThat(definition.triggers()).hasSize(3).last().isEqualTo(new OnDecay(Duration.ofDays(28)));
        assertThat(definition.model().orElseThrow().load().orElseThrow())
                .isEqualTo(new Definition.LoadGate(200, Duration.ofMillis(50), Duration.ofSeconds(3)));
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
        for (String text : List.of(YamlExamples.ofClass(), YamlExamples.ofCommands())) {
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
                    pawl.yaml:4:10: pipeline.class: step features: source csv: nothing is called 'data.births'; did you mean 'data.deaths'?
                    pawl.yaml:7:26: pipeline.steps.train.parameters.eta: '3' is not a number (double), at least 0.001, at most 1.0
                    pawl.yaml:7:36: pipeline.steps.train.parameters.round: the step has no parameter 'round'; did you mean 'rounds'?
                    pawl.yaml:10:5: pipeline.steps.evaluat: example.births.Births has no step 'evaluat'; did you mean 'evaluate'?
                    pawl.yaml:30:9: model.from: step 'features' must give exactly one model, but gives 0\
                    """);
    }

    @Test
    void a_parameter_without_a_value_and_a_default_is_missing() {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass().replace("eta: 0.1, ", ""));
        assertThatThrownBy(() -> yaml.compile(Optional.of(YamlExamples.DESCRIPTION)))
                .hasMessage("pawl.yaml:6:5: pipeline.steps.train.parameters.eta:"
                        + " is missing: the class declares no default for it");
    }

    @Test
    void a_description_of_another_contract_is_refused() {
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass());
        assertThatThrownBy(() ->
                        yaml.compile(Optional.of("{\"class\":\"example.births.Births\",\"steps\":[{\"name\":\"a\"}]}")))
                .isInstanceOf(PawlException.class)
                .hasMessageStartingWith(
                        "pawl.yaml:4:10: pipeline.class: its description does not keep the step contract");
        assertThatThrownBy(() -> yaml.compile(Optional.of("{\"class\":\"Other\",\"steps\":[]}")))
                .hasMessageContaining("the description is of Other");
    }

    private static List<String> names(Definition definition) {
        return definition.steps().stream().map(step -> step.name().value()).toList();
    }
}
