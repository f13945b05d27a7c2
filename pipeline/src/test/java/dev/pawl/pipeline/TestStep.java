package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.CiPlan;
import dev.pawl.definition.Definition.DataSource;
import dev.pawl.definition.Definition.DeployMode;
import dev.pawl.definition.Definition.Environment;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Requirements;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Steps that are shell commands, and pipelines of them, in few words. A step has one output, a file named like itself. */
record TestStep(Step step) {
    static TestStep step(String name, String run) {
        return new TestStep(new Step(
                new StepName(name),
                new Shell(run, new TreeMap<>()),
                new TreeMap<>(),
                new TreeMap<>(),
                sorted(Map.of(name, OutputType.FILE)),
                Duration.ofSeconds(20),
                1,
                true));
    }

    TestStep after(String... steps) {
        SortedMap<String, Input> inputs = new TreeMap<>(step.inputs());
        Stream.of(steps).forEach(name -> inputs.put(name, new FromStep(new StepName(name), name)));
        return with(inputs, step.outputs());
    }

    TestStep reading(String source) {
        SortedMap<String, Input> inputs = new TreeMap<>(step.inputs());
        inputs.put(source, new FromData(source));
        return with(inputs, step.outputs());
    }

    TestStep giving(Map<String, OutputType> outputs) {
        return with(step.inputs(), sorted(outputs));
    }

    TestStep attempts(int attempts) {
        return new TestStep(new Step(
                step.name(),
                step.command(),
                step.inputs(),
                step.parameters(),
                step.outputs(),
                step.timeout(),
                attempts,
                step.cache()));
    }

    TestStep timeout(Duration timeout) {
        return new TestStep(new Step(
                step.name(),
                step.command(),
                step.inputs(),
                step.parameters(),
                step.outputs(),
                timeout,
                step.attempts(),
                step.cache()));
    }

    TestStep uncached() {
        return new TestStep(new Step(
                step.name(),
                step.command(),
                step.inputs(),
                step.parameters(),
                step.outputs(),
                step.timeout(),
                step.attempts(),
                false));
    }

    TestStep parameter(String name, Object value) {
        return new TestStep(new Step(
                step.name(),
                step.command(),
                step.inputs(),
                sorted(Map.of(name, value)),
                step.outputs(),
                step.timeout(),
                step.attempts(),
                step.cache()));
    }

    static Definition pipeline(TestStep... steps) {
        return pipeline(Map.of(), steps);
    }

    static Definition pipeline(Map<String, DataSource> data, TestStep... steps) {
        return new Definition(
                new ProjectName("test"),
                Stream.of(steps).map(TestStep::step).toList(),
                sorted(data),
                new CiPlan(Optional.empty(), Duration.ofMinutes(1), List.of(), Optional.empty(), Optional.empty()),
                List.of(new Environment(
                        new EnvironmentName("prod"),
                        Optional.empty(),
                        DeployMode.MANUAL,
                        new Requirements(0, 0, List.of()))),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private TestStep with(SortedMap<String, Input> inputs, SortedMap<String, OutputType> outputs) {
        return new TestStep(new Step(
                step.name(),
                step.command(),
                inputs,
                step.parameters(),
                outputs,
                step.timeout(),
                step.attempts(),
                step.cache()));
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return new TreeMap<>(map);
    }
}
