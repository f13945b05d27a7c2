package dev.pawl.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one step of a test's run.
 *
 * @param why for people: why it failed or was skipped
 * @param failure what the step threw
 * @param elements one for a step without a fan-out
 */
record TestStep(
        String name,
        State state,
        String why,
        Optional<Throwable> failure,
        List<TestAttempts> elements,
        Optional<TestOutput> output) {

    enum State {
        SUCCEEDED,
        FAILED,
        SKIPPED
    }

    static TestStep succeeded(String name, List<TestAttempts> elements, Optional<TestOutput> output) {
        return new TestStep(name, State.SUCCEEDED, "", Optional.empty(), elements, output);
    }

    static TestStep skipped(String name, String why) {
        return new TestStep(
                name,
                State.SKIPPED,
                "Step " + name + " was skipped: " + why,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    static TestStep failed(String name, Throwable failure, List<TestAttempts> elements) {
        String why = "Step " + name + " failed: "
                + (failure instanceof ContractException ? failure.getMessage() : failure.toString());
        return new TestStep(name, State.FAILED, why, Optional.of(failure), elements, Optional.empty());
    }

    int attempts() {
        return elements.stream().mapToInt(TestAttempts::count).sum();
    }

    Duration waited() {
        return elements.stream().map(TestAttempts::waited).reduce(Duration.ZERO, Duration::plus);
    }

    /** Of all elements, in their order. */
    RecordedMetrics metrics() {
        RecordedMetrics all = Metrics.recording();
        elements.forEach(one ->
                one.call().metrics().points().forEach(point -> all.log(point.name(), point.step(), point.value())));
        return all;
    }

    Optional<Path> path() {
        return output.map(TestOutput::path);
    }
}
