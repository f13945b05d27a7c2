package dev.pawl.delivery;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.Environment;
import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.HeldOut;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small project: a model that forecasts a number, and the table it is judged on. */
final class Births {
    static final ProjectName PROJECT = new ProjectName("births");
    static final ModelName MODEL = new ModelName("births");
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final int ROWS = 140;

    private static final Environment.Requirements ANYTHING = new Environment.Requirements(0, 0, List.of());

    private Births() {}

    static ModelVersion version(int number) {
        return new ModelVersion(MODEL, number);
    }

    static CommitId commit(int number) {
        return new CommitId("%040x".formatted(number * 0x1111_1111L));
    }

    static Digest packageOf(int number) {
        return Digest.of("package " + number);
    }

    /** dev takes main by itself, prod by hand. */
    static Definition definition(Environment.Requirements requires, ModelPlan plan) {
        var features = new Definition.Step(
                new StepName("features"),
                new Definition.Shell("true", List.of(), new TreeMap<>(), Optional.empty(), Optional.empty()),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of("held-out", Definition.Output.one(Definition.OutputType.TABLE))),
                Definition.StepRules.usual());
        return new Definition(
                PROJECT,
                List.of(features),
                Definition.RunRules.USUAL,
                new TreeMap<>(),
                new CiPlan(
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(
                        new Environment(DEV, Optional.of("main"), Environment.DeployMode.AUTOMATIC, requires),
                        new Environment(PROD, Optional.empty(), Environment.DeployMode.MANUAL, requires)),
                List.of(),
                Optional.of(plan),
                Optional.empty(),
                new TreeMap<>());
    }

    static Definition definition() {
        return definition(ANYTHING, plan(Map.of("mape", 0.1), Optional.empty()));
    }

    static Definition definition(Environment.Requirements requires) {
        return definition(requires, plan(Map.of("mape", 0.1), Optional.empty()));
    }

    static ModelPlan plan(Map<String, Double> max, Optional<ModelPlan.LoadGate> load) {
        return new ModelPlan(
                MODEL,
                new StepName("train"),
                new ModelPlan.Holdout(new StepName("features"), "births", "date"),
                new ModelPlan.QualityGate(new TreeMap<>(max), true),
                load);
    }

    /** The truth is 1000 and a little more every row; feature {@code trend} tells it, {@code noise} swings around 0. */
    static String table(int rows) {
        return "date,trend,noise,births\n"
                + IntStream.range(0, rows)
                        .mapToObj(row -> "%s,%d,%s,%d"
                                .formatted(LocalDate.of(1971, 1, 1).plusDays(row), 1000 + row, noise(row), 1000 + row))
                        .collect(Collectors.joining("\n"));
    }

    static HeldOut heldOut(int rows) {
        return HeldOut.read(table(rows), plan(Map.of(), Optional.empty()).holdout());
    }

    private static double noise(int row) {
        return Math.sin(row * 12.9898) * 0.8;
    }
}
