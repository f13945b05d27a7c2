package dev.pawl.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All attempts at a step of a test's run, or at one element of its fan-out.
 *
 * @param waited the pauses between them, as they would have been
 * @param last how the last one ended
 * @param call of the last one
 */
record TestAttempts(int count, Duration waited, StepEnd last, TestCall call) {

    /** What they are made with. */
    record Maker(PipelineStep step, TestSetup setup, TestObjects objects, SettableClock clock, Path folder) {

        /** Tries until it succeeds or there is nothing left to try. */
        TestAttempts make(Map<String, Path> inputs, int element, Optional<Outcome> outcome) {
            Retries retries = Retries.said(step.method().rules());
            Duration waited = Duration.ZERO;
            for (int attempt = 1; ; attempt++) {
                TestCall call = call(inputs, element + "-" + attempt, outcome);
                StepEnd end = end(call, attempt);
                Optional<Duration> pause = pause(retries, end, attempt);
                if (pause.isEmpty()) {
                    return new TestAttempts(attempt, waited, end, call);
                }
                waited = waited.plus(pause.get());
                clock.advance(pause.get());
            }
        }

        private TestCall call(Map<String, Path> inputs, String name, Optional<Outcome> outcome) {
            return new TestCall(
                    step.method(),
                    folder.resolve(name),
                    inputs,
                    setup.parametersOf(step),
                    step.method().secretValues(setup.secrets()),
                    outcome);
        }

        private StepEnd end(TestCall call, int attempt) {
            return Optional.ofNullable(setup.failures().get(step.name()))
                    .flatMap(failures -> failures.of(step.name(), attempt))
                    .orElseGet(() -> call.run(() -> objects.of(step)));
        }

        private static Optional<Duration> pause(Retries retries, StepEnd end, int attempt) {
            return end.failure().isPresent() ? retries.pause(attempt, TestFailures.kinds(end)) : Optional.empty();
        }
    }
}
