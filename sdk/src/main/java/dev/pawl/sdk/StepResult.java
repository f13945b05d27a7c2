package dev.pawl.sdk;

import java.util.List;
import java.util.Optional;

/** What a step that was run by {@link StepTest} has given. */
public final class StepResult {
    private final StepMethod step;
    private final TestCall call;

    StepResult(StepMethod step, TestCall call) {
        this.step = step;
        this.call = call;
    }

    /**
     * Its output, as the next step would read it.
     *
     * @param type what the step gives, or {@link java.nio.file.Path} for the bare file or folder
     * @throws IllegalArgumentException when it gives something else
     */
    public <T> T output(Class<T> type) {
        return given().one(type);
    }

    /** The elements of its output, which is a list. */
    public <T> List<T> outputs(Class<T> type) {
        return given().all(type);
    }

    /** Everything it has logged. */
    public RecordedMetrics metrics() {
        return call.metrics();
    }

    /**
     * The value of a metric that it logged last.
     *
     * @throws java.util.NoSuchElementException when it never did
     */
    public double metric(String name) {
        return metrics().last(name);
    }

    /** Where the output of another run of this step differs from this one, in words. */
    Optional<String> differenceTo(StepResult before) {
        return step.output()
                .flatMap(output -> OutputComparison.difference(
                        output.form(),
                        before.call.output().orElseThrow(),
                        call.output().orElseThrow()));
    }

    private TestOutput given() {
        StepMethod.Output output =
                step.output().orElseThrow(() -> new IllegalArgumentException(step.place() + " gives nothing"));
        return new TestOutput(
                step.name(), output.form(), output.list(), call.output().orElseThrow());
    }
}
