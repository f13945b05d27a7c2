package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.Definition.Retry;
import dev.pawl.definition.Sweep.Choice;
import dev.pawl.definition.Sweep.Numbers;
import dev.pawl.definition.Sweep.WholeNumbers;
import dev.pawl.definition.TriggerRule.OnDecay;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
    @TempDir
    Path folder;

    private Definition ofClass() {
        return YamlExamples.repository(folder, YamlExamples.ofClass()).compile(Optional.of(YamlExamples.DESCRIPTION));
    }

    private Definition ofEverything() {
        return YamlExamples.repository(folder, YamlExamples.ofEverything()).compile(Optional.empty());
    }

    private static Map<String, Object> parameters(Definition definition, String step) {
        return definition.step(new StepName(step)).parameters();
    }

    @Test
    void parameters_are_given_by_step_or_alone_where_one_step_has_them() {
        var changed = ofClass().withParameters(Map.of("train.eta", "0.2", "rounds", 50L, "limit", 3));
        assertThat(parameters(changed, "train"))
                .isEqualTo(Map.of("eta", 0.2, "rounds", 50, "early", false, "loss", "l2", "scale", 1.0));
        assertThat(parameters(changed, "tune-score")).containsEntry("limit", 3.0);
        assertThat(changed.withParameters(Map.of("eta", 0.1, "rounds", 300, "limit", new BigDecimal("2"))))
                .isEqualTo(ofClass());
    }

    @Test
    void text_is_read_as_what_the_parameter_needs() {
        var changed =
                ofClass().withParameters(Map.of("early", "true", "loss", "0.5", "rounds", "-3", "train.eta", "1e-3"));
        assertThat(parameters(changed, "train"))
                .isEqualTo(Map.of("eta", 0.001, "rounds", -3, "early", true, "loss", "0.5", "scale", 1.0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        train.eta       | fast   | train.eta: 'fast' is not a number, as 0.1 is
        train.rounds    | 0.5    | train.rounds: '0.5' is not a whole number, as 300 is
        early           | 1      | train.early: '1' is not true or false, as false is
        train.etas      | 1      | no step has a parameter 'train.etas'; did you mean 'train.eta'?
        roundz          | 1      | no step has a parameter 'roundz'; did you mean 'rounds'?
        trains.eta      | 1      | no step has a parameter 'trains.eta'; did you mean 'train.eta'?
        """)
    void a_value_of_another_type_or_for_nobody_is_refused(String name, String value, String problem) {
        assertThatThrownBy(() -> ofClass().withParameters(Map.of(name, value)))
                .isInstanceOfSatisfying(PawlException.class, e -> {
                    assertThat(e.kind()).isEqualTo(PawlException.Kind.USER);
                    assertThat(e.code()).isEqualTo("bad-parameter");
                })
                .hasMessage(problem);
    }

    @Test
    void a_class_says_within_what_bounds_a_given_value_must_be() {
        var declared = DeclaredParameters.of(Optional.of(YamlExamples.DESCRIPTION));
        assertThatThrownBy(() -> ofClass().withParameters(Map.of("train.eta", "1.5", "early", "yes"), declared))
                .hasMessage("""
                    train.early: 'yes' is not true or false
                    train.eta: '1.5' is not a number (double), at least 0.001, at most 1.0\
                    """);
        assertThat(parameters(ofClass().withParameters(Map.of("eta", "0.5", "rounds", "7"), declared), "train"))
                .containsEntry("eta", 0.5)
                .containsEntry("rounds", 7);
    }

    @Test
    void all_that_is_wrong_with_parameters_is_said_at_once() {
        assertThatThrownBy(() -> ofClass()
                        .withParameters(Map.of(
                                "loss", 3, "train.rounds", 1, "rounds", 2, "early", List.of(), "eta", Double.NaN)))
                .hasMessage("""
                    train.early: an empty value is not true or false, as false is
                    train.eta: 'NaN' is not a number, as 0.1 is
                    train.loss: '3' is not text, as 'l2' is
                    train.rounds is given twice\
                    """);
    }

    @Test
    void a_parameter_that_several_steps_have_needs_the_name_of_one() {
        String text =
                YamlExamples.ofEverything().replace("parameters: { limit: 0.05,", "parameters: { eta: 1, limit: 0.05,");
        var definition = YamlExamples.repository(folder, text).compile(Optional.empty());
        assertThatThrownBy(() -> definition.withParameters(Map.of("eta", 0.3)))
                .hasMessage("several steps have a parameter 'eta'; write one of tune-train.eta, report.eta");
        assertThat(parameters(definition.withParameters(Map.of("tune-train.eta", 0.3)), "tune-train"))
                .containsEntry("eta", 0.3);
    }

    @Test
    void only_a_step_and_what_it_reads_from_near_and_far_is_left() {
        var whole = ofEverything();
        assertThat(whole.only(new StepName("tune-pick")).steps())
                .extracting(step -> step.name().value())
                .containsExactly("split", "tune-train", "tune-deep-look", "tune-pick");
        assertThat(whole.only(new StepName("tune-pick")).sweeps()).isEqualTo(whole.sweeps());
        assertThat(whole.only(new StepName("tune-train")).sweeps()).isEmpty();
        assertThat(whole.only(new StepName("farewell")).steps()).hasSize(1);
        assertThatThrownBy(() -> whole.only(new StepName("nothing"))).hasMessageContaining("no step 'nothing'");
    }

    @Test
    void of_several_steps_all_that_they_read_from_is_left() {
        assertThat(ofEverything()
                        .only(List.of(new StepName("farewell"), new StepName("split")))
                        .steps())
                .extracting(step -> step.name().value())
                .containsExactly("split", "farewell");
        assertThatThrownBy(() -> ofEverything().only(new StepName("splitt")))
                .hasMessageContaining("did you mean 'split'?");
    }

    @Test
    void without_its_steps_there_is_no_model_to_watch() {
        var part = ofClass().only(new StepName("holdout"));
        assertThat(part.model()).isEmpty();
        assertThat(part.monitor()).isEmpty();
        assertThat(part.triggers()).hasSize(2).noneMatch(OnDecay.class::isInstance);

        var withModel = ofClass().only(new StepName("evaluate"));
        assertThat(withModel.model()).isEqualTo(ofClass().model());
        assertThat(withModel.triggers()).hasSize(3);
    }

    @Test
    void the_words_of_a_class_are_kept_for_people_and_out_of_the_version() {
        var docs = PipelineDocs.of(YamlExamples.DESCRIPTION);
        assertThat(docs.pipeline()).isEqualTo("Forecasts births.");
        assertThat(docs.steps()).isEqualTo(Map.of("train", "Learns trees."));
        assertThat(docs.parameters())
                .isEqualTo(Map.of(
                        "features.lagDays",
                        "Days between a birth and its report.",
                        "train.eta",
                        "How far one tree goes."));
        var yaml = YamlExamples.repository(folder, YamlExamples.ofClass());
        String other = YamlExamples.DESCRIPTION.replace("Learns trees.", "Learns a forest.");
        assertThat(yaml.compile(Optional.of(other)).digest())
                .isEqualTo(ofClass().digest());
    }

    @Test
    void pauses_grow_up_to_the_longest() {
        var retry = new Retry(9, Duration.ofSeconds(1), 3, Duration.ofSeconds(20), List.of());
        assertThat(List.of(retry.pause(1), retry.pause(2), retry.pause(3), retry.pause(4), retry.pause(500)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 3L, 9L, 20L, 20L);
    }

    @Test
    void ranges_know_how_many_values_they_have() {
        assertThat(new WholeNumbers(50, 500, 50, false).size()).hasValue(10);
        assertThat(new WholeNumbers(1, 6, 2, false).size()).hasValue(3);
        assertThat(new Numbers(0.1, 0.3, Optional.of(0.1), false).size()).hasValue(3);
        assertThat(new Numbers(0.1, 0.35, Optional.of(0.1), false).size()).hasValue(3);
        assertThat(new Numbers(0.1, 0.3, Optional.empty(), true).size()).isEmpty();
        assertThat(new Choice(List.of("a", true)).size()).hasValue(2);
    }
}
