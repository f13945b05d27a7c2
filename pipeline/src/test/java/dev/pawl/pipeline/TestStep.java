package dev.pawl.pipeline;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Container;
import dev.pawl.definition.Definition.DataSource;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Resources;
import dev.pawl.definition.Definition.Retry;
import dev.pawl.definition.Definition.RetryOn;
import dev.pawl.definition.Definition.RunRules;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.Definition.StepRules;
import dev.pawl.definition.Environment;
import dev.pawl.definition.Environment.DeployMode;
import dev.pawl.definition.Environment.Requirements;
import dev.pawl.executor.Image;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Steps that are shell commands, and pipelines of them, in few words. A step has one output, a file named like itself. */
final class TestStep {
    private static final Duration BACKOFF = Duration.ofMillis(20);

    private final String name;
    private final String run;
    private final SortedMap<String, Input> inputs = new TreeMap<>();
    private final SortedMap<String, Object> parameters = new TreeMap<>();
    private final SortedMap<String, Output> outputs = new TreeMap<>();
    private final SortedMap<String, String> secrets = new TreeMap<>();
    private List<String> files = List.of();
    private boolean java;
    private String className = "example.Steps";
    private Optional<Container> container = Optional.empty();
    private Optional<String> when = Optional.empty();
    private boolean always;
    private Retry retry = Retry.NEVER;
    private Duration timeout = Duration.ofSeconds(20);
    private boolean cache = true;
    private String pool = StepRules.DEFAULT_POOL;

    private TestStep(String name, String run) {
        this.name = name;
        this.run = run;
        outputs.put(name, Output.one(OutputType.FILE));
    }

    static TestStep step(String name, String run) {
        return new TestStep(name, run);
    }

    private TestStep with(Consumer<TestStep> change) {
        change.accept(this);
        return this;
    }

    TestStep after(String... steps) {
        return with(step -> Stream.of(steps)
                .forEach(before -> step.inputs.put(before, new FromStep(new StepName(before), before))));
    }

    /** Once for each item of what another step gives. */
    TestStep each(String before) {
        return with(step -> step.inputs.put(before, new FromStep(new StepName(before), before, true, false)));
    }

    TestStep afterIfThere(String before) {
        return with(step -> step.inputs.put(before, new FromStep(new StepName(before), before, false, true)));
    }

    TestStep reading(String source) {
        return with(step -> step.inputs.put(source, new FromData(source)));
    }

    TestStep giving(Map<String, OutputType> types) {
        return with(step -> {
            step.outputs.clear();
            types.forEach((output, type) -> step.outputs.put(output, Output.one(type)));
        });
    }

    TestStep giving(OutputType type) {
        return giving(Map.of(name, type));
    }

    TestStep givingNothing() {
        return giving(Map.of());
    }

    TestStep givingList() {
        return with(step -> step.outputs.put(name, new Output(OutputType.FILE, true)));
    }

    TestStep attempts(int attempts, RetryOn... on) {
        return with(step -> step.retry = new Retry(attempts, BACKOFF, 2, Duration.ofSeconds(1), List.of(on)));
    }

    TestStep timeout(Duration most) {
        return with(step -> step.timeout = most);
    }

    TestStep uncached() {
        return with(step -> step.cache = false);
    }

    TestStep when(String condition) {
        return with(step -> step.when = Optional.of(condition));
    }

    TestStep always() {
        return with(step -> step.always = true);
    }

    TestStep pool(String other) {
        return with(step -> step.pool = other);
    }

    TestStep parameter(String parameter, Object value) {
        return with(step -> step.parameters.put(parameter, value));
    }

    TestStep secret(String variable, String secret) {
        return with(step -> step.secrets.put(variable, secret));
    }

    TestStep files(String... named) {
        return with(step -> step.files = List.of(named));
    }

    /** A method instead of a command, for executors that do not look closer. */
    TestStep java() {
        return with(step -> step.java = true);
    }

    /** A method of this class. */
    TestStep java(Class<?> type) {
        return java().with(step -> step.className = type.getName());
    }

    TestStep container(Image image) {
        return with(step -> step.container = Optional.of(new Container(image.reference(), image.network())));
    }

    Step step() {
        return new Step(
                new StepName(name),
                java
                        ? new JavaMethod(className, run)
                        : new Shell(run, files, new TreeMap<>(), Optional.empty(), container),
                inputs,
                parameters,
                outputs,
                new StepRules(when, always, retry, timeout, cache, Resources.UNLIMITED, pool, secrets, List.of()));
    }

    static Definition pipeline(TestStep... steps) {
        return pipeline(Map.of(), steps);
    }

    static Definition pipeline(Map<String, DataSource> data, TestStep... steps) {
        return pipeline(
                RunRules.USUAL, data, Stream.of(steps).map(TestStep::step).toList());
    }

    static Definition pipeline(RunRules rules, Map<String, DataSource> data, List<Step> steps) {
        return new Definition(
                new ProjectName("test"),
                steps,
                rules,
                new TreeMap<>(data),
                new CiPlan(
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(new Environment(
                        new EnvironmentName("prod"),
                        Optional.empty(),
                        DeployMode.MANUAL,
                        new Requirements(0, 0, List.of()))),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>());
    }
}
