package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.CiPlan.After;
import dev.pawl.definition.CiPlan.ColumnPlan;
import dev.pawl.definition.CiPlan.ColumnType;
import dev.pawl.definition.CiPlan.ContractCheck;
import dev.pawl.definition.CiPlan.ConvergenceCheck;
import dev.pawl.definition.CiPlan.NumericCheck;
import dev.pawl.definition.CiPlan.OwnCheck;
import dev.pawl.definition.CiPlan.Seeds;
import dev.pawl.definition.CommandPlan.CachePlan;
import dev.pawl.definition.Definition.Container;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.OnExit;
import dev.pawl.definition.Definition.OnTimeout;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Resources;
import dev.pawl.definition.Definition.Retry;
import dev.pawl.definition.Definition.RunRules;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.Sweep.Choice;
import dev.pawl.definition.Sweep.Numbers;
import dev.pawl.definition.Sweep.WholeNumbers;
import dev.pawl.kernel.StepName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryFeatureTest {
    private static final String REPORT_IMAGE =
            "tools/report@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @TempDir
    Path folder;

    private Definition definition() {
        return YamlExamples.repository(folder, YamlExamples.ofEverything()).compile(Optional.empty());
    }

    private Step step(String name) {
        return definition().step(new StepName(name));
    }

    @Test
    void nested_pipelines_become_steps_in_the_place_of_the_one_that_stands_for_them() {
        assertThat(definition().steps())
                .extracting(step -> step.name().value())
                .containsExactly("split", "tune-train", "tune-deep-look", "tune-pick", "clean", "report", "farewell");
        assertThat(step("tune-train").inputs())
                .isEqualTo(Map.of(
                        "csv", new FromData("births"),
                        "fold", new FromStep(new StepName("split"), "folds", true, false)));
        assertThat(step("tune-pick").inputs())
                .isEqualTo(Map.of(
                        "models", new FromStep(new StepName("tune-train"), "model"),
                        "look", new FromStep(new StepName("tune-deep-look"), "seen"),
                        "count", new FromStep(new StepName("split"), "count")));
        assertThat(step("clean").inputs())
                .containsEntry("model", new FromStep(new StepName("tune-pick"), "best", false, true));
    }

    @Test
    void who_nests_a_pipeline_sets_its_parameters() {
        assertThat(step("tune-train").parameters())
                .isEqualTo(Map.of("eta", 0.2, "rounds", 100, "kind", "trees", "early", true));
        assertThat(step("tune-deep-look").parameters()).isEqualTo(Map.of("depth", 3));
    }

    @Test
    void a_step_runs_for_each_element_of_a_list() {
        assertThat(step("split").outputs().get("folds")).isEqualTo(new Output(OutputType.TABLE, true));
        assertThat(step("split").givesList("folds")).isTrue();
        assertThat(step("split").givesList("count")).isFalse();
        assertThat(step("split").isFannedOut()).isFalse();
        assertThat(step("clean").inputs())
                .containsEntry("fold", new FromStep(new StepName("split"), "folds", true, false));
        assertThat(step("clean").isFannedOut()).isTrue();
        assertThat(step("clean").givesList("rows")).isTrue();
    }

    @Test
    void how_steps_are_run_is_said_by_rules() {
        assertThat(definition().rules()).isEqualTo(new RunRules(8, -5));
        var split = step("split").rules();
        assertThat(split.resources()).isEqualTo(new Resources(512L << 20, 2, 1, Optional.of(Duration.ofMinutes(5))));
        assertThat(split.secrets()).isEqualTo(Map.of("DB_PASSWORD", "db-password"));
        assertThat(split.pool()).isEqualTo("small");
        assertThat(split.tags()).containsExactly("data", "nightly");
        assertThat(step("tune-train").rules().retry())
                .isEqualTo(new Retry(
                        3, Duration.ofSeconds(1), 2.5, Duration.ofMinutes(1), List.of(new OnTimeout(), new OnExit(3))));
        assertThat(step("tune-train").rules().when()).contains("eta < 0.5");
        assertThat(step("farewell").rules().always()).isTrue();
        assertThat(step("farewell").rules().cache()).isFalse();
    }

    @Test
    void commands_bring_their_python_or_their_container() {
        assertThat(((Shell) step("split").command()).python()).contains("requirements.txt");
        assertThat(((Shell) step("report").command()).container()).contains(new Container(REPORT_IMAGE, true));
        assertThat(((Shell) step("farewell").command()).container()).contains(new Container(REPORT_IMAGE, false));
        assertThat(definition().ci().packaged()).as("a run needs it").containsExactly("requirements.txt");
    }

    @Test
    void commands_may_name_which_files_they_are() {
        assertThat(((Shell) step("clean").command()).files()).containsExactly("clean.sh", "lib/**.sh");
        assertThat(((Shell) step("report").command()).files())
                .as("the whole package")
                .isEmpty();
    }

    @Test
    void build_and_tests_may_have_the_python_of_the_steps() {
        String text = YamlExamples.ofEverything()
                .replaceFirst("\n  container: [^\n]*", "")
                .replace("ci:\n", "ci:\n  python: requirements.txt\n");
        assertThat(YamlExamples.repository(folder, text).ci().commands().python())
                .contains("requirements.txt");
        assertThatThrownBy(() -> YamlExamples.repository(
                        folder,
                        text.replace("  python: requirements.txt\n  checks", "  python: sequirements.txt\n  checks")))
                .hasMessage("pawl.yaml:83:11: ci.python: the repository has no file 'sequirements.txt'");
    }

    @Test
    void build_and_tests_have_a_container_memory_and_caches() {
        assertThat(definition().ci().commands())
                .isEqualTo(new CommandPlan(
                        Optional.empty(),
                        Optional.of(new Container(REPORT_IMAGE, true)),
                        4L << 30,
                        new TreeMap<>(Map.of(
                                "pip", new CachePlan(".cache/pip", List.of("requirements.txt")),
                                "own", new CachePlan("own/things", List.of("requirements.txt", "data/births.csv"))))));
        String text = YamlExamples.ofEverything().replaceFirst("\n  memory: [^\n]*", "");
        assertThat(YamlExamples.repository(folder, text).ci().commands().memoryBytes())
                .isEqualTo(8L << 30);
    }

    @Test
    void what_is_packaged_anyway_is_not_named_twice() {
        for (String named : List.of("requirements.txt", "., train.py", "./requirements.txt")) {
            String text = YamlExamples.ofEverything().replace("ci:\n", "ci:\n  package: [" + named + "]\n");
            assertThat(YamlExamples.repository(folder, text).ci().packaged())
                    .containsExactlyElementsOf(List.of(named.split(", ")));
        }
    }

    @Test
    void training_is_checked_as_declared() {
        assertThat(definition().ci().convergence())
                .contains(new ConvergenceCheck(
                        new StepName("report"),
                        "rmse",
                        100,
                        new TreeMap<>(Map.of("brief", true)),
                        Optional.of(new Seeds("limit", 2)),
                        Optional.empty(),
                        Duration.ofMinutes(1)));
    }

    @Test
    void steps_are_tried_by_themselves_as_declared() {
        assertThat(definition().ci().contract())
                .isEqualTo(new ContractCheck(
                        List.of(new StepName("report")),
                        new TreeMap<>(Map.of(
                                "clean",
                                new TreeMap<>(Map.of(
                                        "day", new ColumnPlan(ColumnType.DATE, false),
                                        "births", new ColumnPlan(ColumnType.NUMBER, true),
                                        "holiday", new ColumnPlan(ColumnType.TRUTH, false),
                                        "name", new ColumnPlan(ColumnType.TEXT, false)))))));
        assertThat(definition().ci().numeric())
                .contains(new NumericCheck(
                        List.of(new StepName("clean"), new StepName("tune-train")), 3, Duration.ofMinutes(2)));
    }

    @Test
    void sweeps_have_ranges_of_the_types_that_the_parameters_have() {
        var eta = definition().sweeps().get("eta");
        assertThat(eta)
                .isEqualTo(new Sweep(
                        Sweep.Search.TPE,
                        50,
                        4,
                        new StepName("tune-pick"),
                        "mape",
                        Sweep.Goal.MIN,
                        1,
                        new TreeMap<>(Map.of(
                                "tune-train.eta", new Numbers(0.001, 0.3, Optional.empty(), true),
                                "tune-train.rounds", new WholeNumbers(50, 500, 50, false),
                                "tune-train.kind", new Choice(List.of("trees", "linear")))),
                        Optional.of(new Sweep.Halving(500, 4))));
        assertThat(definition().sweeps().get("all"))
                .extracting(Sweep::trials)
                .as("2 truth values and 3 numbers")
                .isEqualTo(6);
    }

    @Test
    void the_long_and_the_short_form_of_each_are_the_same() {
        String other = YamlExamples.ofEverything()
                .replace(
                        "inputs: { fold: { from: inputs.rows, each: true }, csv: data.births }",
                        "inputs: { csv: { from: data.births } }\n        each: { fold: inputs.rows }");
        assertThat(YamlExamples.repository(folder, other).compile(Optional.empty()))
                .isEqualTo(definition());
    }

    @Test
    void a_pause_that_begins_long_may_stay_so() {
        String text = YamlExamples.ofCommands().replace("{ attempts: 3 }", "{ attempts: 3, backoff: 5m }");
        var retry = YamlExamples.repository(folder, text)
                .compile(Optional.empty())
                .step(new StepName("train"))
                .rules()
                .retry();
        assertThat(retry.longest()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void nesting_cannot_multiply_steps_without_bound() {
        assertThatThrownBy(() -> YamlExamples.repository(folder, doubling("a", 9)))
                .hasMessage("pawl.yaml:13:18: pipelines.p9.steps.a:"
                        + " is one too many: with those of nested pipelines there may be 500 steps");
        assertThatThrownBy(() -> YamlExamples.repository(folder, doubling("a-name", 100)))
                .hasMessageContaining("has more than 63 letters: shorten one of its parts")
                .hasMessageContaining("is one too many");
        assertThat(YamlExamples.repository(folder, doubling("a", 8))
                        .compile(Optional.empty())
                        .steps())
                .hasSize(256);
    }

    private static String doubling(String name, int times) {
        String pipelines = IntStream.range(0, times)
                .mapToObj(i -> "  p%d: { steps: { %s: { pipeline: p%d }, b: { pipeline: p%d } } }\n"
                        .formatted(i, name, i + 1, i + 1))
                .collect(Collectors.joining());
        return "project: births\npipeline: { steps: { a: { pipeline: p0 } } }\npipelines:\n" + pipelines
                + "  p%d: { steps: { a: { run: ./a.sh } } }\n".formatted(times);
    }

    @Test
    void unit_tests_by_name_are_checks_of_their_own() {
        assertThat(definition().ci().unit())
                .containsExactly(
                        new CiPlan.UnitCheck(
                                Optional.of("features"),
                                "make test-features",
                                "reports/features",
                                Duration.ofMinutes(10),
                                Optional.of("reports/coverage.xml")),
                        new CiPlan.UnitCheck(
                                Optional.of("methods"),
                                "make test-methods",
                                "reports/methods",
                                Duration.ofMinutes(5),
                                Optional.empty()))
                .extracting(CiPlan.UnitCheck::check)
                .containsExactly("unit.features", "unit.methods");
    }

    @Test
    void a_project_brings_checks_of_its_own() {
        assertThat(definition().ci().own())
                .containsExactly(
                        new OwnCheck("fairness", "python3 fairness.py", Duration.ofMinutes(5), After.INTEGRATION),
                        new OwnCheck("licences", "./licences.sh", Duration.ofMinutes(10), After.BUILD))
                .extracting(OwnCheck::check)
                .containsExactly("own.fairness", "own.licences");
        assertThat(definition().ci().own(After.BUILD))
                .extracting(OwnCheck::name)
                .containsExactly("licences");
    }
}
