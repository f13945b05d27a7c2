package dev.pawl.registry;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Environment;
import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A project with a model, and facts about it. */
final class Examples {
    static final ProjectName PROJECT = new ProjectName("births");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final EnvironmentName STAGING = new EnvironmentName("staging");
    static final ModelName MODEL = new ModelName("births");
    static final Digest PACKAGE = Digest.of("package");
    static final Instant AS_OF = Instant.parse("1971-01-01T00:00:00Z");

    private Examples() {}

    static Definition definition() {
        return new Definition(
                PROJECT,
                List.of(step("features", OutputType.TABLE), step("train", OutputType.MODEL)),
                Definition.RunRules.USUAL,
                new TreeMap<>(),
                new CiPlan(
                        Optional.empty(),
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(environment(STAGING), environment(PROD)),
                List.of(),
                Optional.of(new ModelPlan(
                        MODEL,
                        new StepName("train"),
                        new ModelPlan.Holdout(new StepName("features"), "births", "date"),
                        new ModelPlan.QualityGate(new TreeMap<>(), true),
                        Optional.empty())),
                Optional.empty(),
                new TreeMap<>());
    }

    static Fact.RunFinished finished(String run, Digest definition) {
        return finished(PROJECT, run, PROD, definition, Fact.Purpose.PRODUCTION, Fact.Outcome.SUCCEEDED);
    }

    static Fact.RunFinished finished(
            ProjectName project,
            String run,
            EnvironmentName environment,
            Digest definition,
            Fact.Purpose purpose,
            Fact.Outcome outcome) {
        return new Fact.RunFinished(
                project,
                new RunId(run),
                purpose,
                Optional.of(environment),
                PACKAGE,
                definition,
                AS_OF,
                outcome,
                "",
                Map.of("train", Digest.of("model of " + run), "features.features", Digest.of("features of " + run)));
    }

    private static Definition.Step step(String name, OutputType type) {
        return new Definition.Step(
                new StepName(name),
                new Definition.JavaMethod("example.Births", name),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of(name, Definition.Output.one(type))),
                Definition.StepRules.usual());
    }

    private static Environment environment(EnvironmentName name) {
        return new Environment(
                name, Optional.empty(), Environment.DeployMode.MANUAL, new Environment.Requirements(0, 0, List.of()));
    }
}
