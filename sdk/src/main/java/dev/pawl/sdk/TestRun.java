package dev.pawl.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of a pipeline in a test gave. A step of a nested pipeline is named {@code <field>-<step>}; asking for a step that the
 * pipeline does not have is an {@link IllegalArgumentException}, asking for something that the run did not give an
 * {@link AssertionError}. Immutable, apart from the files that it reads.
 */
public final class TestRun {
    private final PipelineClass pipeline;
    private final Map<String, TestStep> steps;
    private final Optional<TestStep> failed;
    private final Lineage lineage;

    TestRun(PipelineClass pipeline, Map<String, TestStep> steps, Optional<TestStep> failed, Lineage lineage) {
        this.pipeline = pipeline;
        this.steps = Map.copyOf(steps);
        this.failed = failed;
        this.lineage = lineage;
    }

    /**
     * The output of a step, as the next step would read it.
     *
     * @param type what the step gives, or {@link java.nio.file.Path} for the bare file or folder
     */
    public <T> T output(String step, Class<T> type) {
        return given(step).one(type);
    }

    /** The elements of the output of a step that gives a list, or whose fan-out does. */
    public <T> List<T> outputs(String step, Class<T> type) {
        return given(step).all(type);
    }

    /** @param name step and metric, such as {@code evaluate.mape}; the value that was logged last */
    public double metric(String name) {
        String[] parts = name.split("\\.", 2);
        List<Double> values = parts.length == 2 ? metrics(parts[0]).values(parts[1]) : List.of();
        if (values.isEmpty()) {
            throw new AssertionError("Nothing has logged '" + name + "': write step.metric");
        }
        return values.getLast();
    }

    /** Everything that the last attempt of a step has logged; in a fan-out those of all elements, in their order. */
    public RecordedMetrics metrics(String step) {
        return step(step).metrics();
    }

    /** Whether a step did what it had to. */
    public boolean succeeded(String step) {
        return step(step).state() == TestStep.State.SUCCEEDED;
    }

    /** Whether a step was passed over: its condition did not hold, it depends on one that was skipped, or the run had failed. */
    public boolean skipped(String step) {
        return step(step).state() == TestStep.State.SKIPPED;
    }

    /** Whether a step failed for good. */
    public boolean failed(String step) {
        return step(step).state() == TestStep.State.FAILED;
    }

    /** How often a step was tried; in a fan-out, the sum over its elements. */
    public int attempts(String step) {
        return step(step).attempts();
    }

    /** How long Pawl would have paused between the attempts of a step. */
    public Duration waited(String step) {
        return step(step).waited();
    }

    /** What was made of what. */
    public Lineage lineage() {
        return lineage;
    }

    /** Why the run failed, if it did: a message that names the step, with what the step threw as cause. */
    public Optional<AssertionError> failure() {
        return failed.map(step -> new AssertionError(step.why(), step.failure().orElse(null)));
    }

    private TestOutput given(String name) {
        TestStep step = step(name);
        return step.output()
                .orElseThrow(() ->
                        new AssertionError(step.why().isEmpty() ? "Step " + name + " gives nothing" : step.why()));
    }

    private TestStep step(String name) {
        TestStep step = steps.get(name);
        if (step == null) {
            throw new IllegalArgumentException(pipeline.type().getName() + " has no step '" + name + "'; it has "
                    + pipeline.steps().stream().map(PipelineStep::name).toList());
        }
        return step;
    }
}
