package dev.pawl.pipeline;

import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.StepName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What becomes of a run when something happens to it. Values in, values out: all else only carries out what it decides. */
final class RunMachine {
    private RunMachine() {}

    /** @param end how it ended, if it did; nothing happens to it any more then */
    record Run(Map<StepName, Step> steps, Optional<End> end) {}

    /**
     * @param after the steps it reads from
     * @param attempts how often it may be tried
     */
    record Step(State state, Set<StepName> after, int attempts) {
        Step in(State next) {
            return new Step(next, after, attempts);
        }

        boolean isDone() {
            return state instanceof State.Succeeded || state instanceof State.Cached;
        }
    }

    record End(Outcome outcome, String because, Instant at) {}

    /** Where a step stands. */
    sealed interface State {
        /** For the steps before it. */
        record Waiting() implements State {}

        /** A job for this attempt is in the queue. */
        record Ready(int attempt) implements State {}

        record Running(int attempt, Instant since) implements State {}

        record Succeeded(int attempt) implements State {}

        /** Its outputs were found in the cache. */
        record Cached(int attempt) implements State {}

        record Failed(int attempt, String error) implements State {}

        /** Never begun, because another step failed. */
        record Skipped() implements State {}

        record Cancelled() implements State {}
    }

    /** What can happen. */
    sealed interface Event {
        record Submitted() implements Event {}

        record CancelRequested(String because) implements Event {}

        /** What can happen to a step, by the attempt it belongs to. */
        sealed interface OfStep extends Event {
            StepName step();

            int attempt();
        }

        /** The attempt has a process; once more if the server died with the last one. */
        record Began(StepName step, int attempt) implements OfStep {}

        record Completed(StepName step, int attempt) implements OfStep {}

        record FoundInCache(StepName step, int attempt) implements OfStep {}

        /** @param mayRetry whether a new attempt could do better */
        record Broke(StepName step, int attempt, String error, boolean mayRetry) implements OfStep {}
    }

    /** The run after the event; empty if the event came too late or never could, and is to be dropped. */
    static Optional<Run> on(Run run, Event event, Instant now) {
        if (run.end().isPresent()) {
            return Optional.empty();
        }
        return switch (event) {
            case Event.Submitted() -> Optional.of(goOn(run, now));
            case Event.CancelRequested(String because) ->
                Optional.of(stop(run, new End(Outcome.CANCELLED, because, now)));
            case Event.OfStep happened -> onStep(run, happened, now);
        };
    }

    private static Optional<Run> onStep(Run run, Event.OfStep event, Instant now) {
        return Optional.ofNullable(run.steps().get(event.step()))
                .flatMap(step -> next(step, event, now))
                .map(next -> {
                    Run changed = map(run, event.step(), next);
                    return next instanceof State.Failed(int _, String error)
                            ? stop(changed, new End(Outcome.FAILED, error, now))
                            : goOn(changed, now);
                });
    }

    private static Optional<State> next(Step step, Event.OfStep event, Instant now) {
        return switch (step.state()) {
            case State.Ready(int attempt) when attempt == event.attempt() -> underWay(step, event, now, false);
            case State.Running(int attempt, Instant _)
            when attempt == event.attempt() -> underWay(step, event, now, true);
            case State.Waiting _,
                    State.Ready _,
                    State.Running _,
                    State.Succeeded _,
                    State.Cached _,
                    State.Failed _,
                    State.Skipped _,
                    State.Cancelled _ -> Optional.empty();
        };
    }

    private static Optional<State> underWay(Step step, Event.OfStep event, Instant now, boolean begun) {
        int attempt = event.attempt();
        return switch (event) {
            case Event.Began _ -> Optional.of(new State.Running(attempt, now));
            case Event.Completed _ -> begun ? Optional.of(new State.Succeeded(attempt)) : Optional.empty();
            case Event.FoundInCache _ -> Optional.of(new State.Cached(attempt));
            case Event.Broke broke ->
                Optional.of(
                        broke.mayRetry() && attempt < step.attempts()
                                ? new State.Ready(attempt + 1)
                                : new State.Failed(attempt, broke.error()));
        };
    }

    private static Run goOn(Run run, Instant now) {
        Run next = map(
                run,
                step -> step.state() instanceof State.Waiting && isFree(run, step)
                        ? step.in(new State.Ready(1))
                        : step);
        return next.steps().values().stream().allMatch(Step::isDone) ? succeeded(next, now) : next;
    }

    private static boolean isFree(Run run, Step step) {
        return step.after().stream().allMatch(name -> {
            Step before = run.steps().get(name);
            return before != null && before.isDone();
        });
    }

    private static Run succeeded(Run run, Instant now) {
        long cached = run.steps().values().stream()
                .filter(step -> step.state() instanceof State.Cached)
                .count();
        String because = "all %d steps succeeded, %d of them from the cache"
                .formatted(run.steps().size(), cached);
        return new Run(run.steps(), Optional.of(new End(Outcome.SUCCEEDED, because, now)));
    }

    private static Run stop(Run run, End end) {
        State notBegun = end.outcome() == Outcome.CANCELLED ? new State.Cancelled() : new State.Skipped();
        Run stopped = map(run, step -> switch (step.state()) {
            case State.Waiting _, State.Ready _ -> step.in(notBegun);
            case State.Running _ -> step.in(new State.Cancelled());
            case State.Succeeded _, State.Cached _, State.Failed _, State.Skipped _, State.Cancelled _ -> step;
        });
        return new Run(stopped.steps(), Optional.of(end));
    }

    private static Run map(Run run, StepName name, State state) {
        Map<StepName, Step> steps = new LinkedHashMap<>(run.steps());
        steps.computeIfPresent(name, (_, step) -> step.in(state));
        return new Run(Collections.unmodifiableMap(steps), run.end());
    }

    private static Run map(Run run, UnaryOperator<Step> change) {
        Map<StepName, Step> steps = new LinkedHashMap<>(run.steps());
        steps.replaceAll((_, step) -> change.apply(step));
        return new Run(Collections.unmodifiableMap(steps), run.end());
    }
}
