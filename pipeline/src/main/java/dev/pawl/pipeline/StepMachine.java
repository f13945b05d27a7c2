package dev.pawl.pipeline;

import dev.pawl.pipeline.AttemptMachine.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a step, or of one item of a step that is fanned out, when something happens to it. */
final class StepMachine {
    /** So often may the platform break a step before it counts as failed: a step that kills its server ends somewhere. */
    static final int MOST_LOSSES = 5;

    /** Each pause is four times as long as the one before: the last one is of 51 seconds. */
    private static final Duration PAUSE_AFTER_LOSS = Duration.ofMillis(200);

    private StepMachine() {}

    /** What an attempt is for. */
    enum Phase {
        /** Runs the step's program. */
        RUN,
        /** Finds out for how many items a fanned-out step runs. */
        EXPAND,
        /** Puts what the items gave together. */
        COLLECT
    }

    /**
     * @param attempt the number of the attempt under way or next; attempts are numbered from 1
     * @param failures how many ended by the step's own doing
     * @param losses how many the platform broke
     */
    record Tries(int attempt, int failures, int losses) {
        static final Tries NONE = new Tries(0, 0, 0);
        static final Tries FIRST = new Tries(1, 0, 0);

        private Tries next() {
            return new Tries(attempt + 1, failures, losses);
        }

        private Tries afterFailure() {
            return new Tries(attempt + 1, failures + 1, losses);
        }

        private Tries afterLoss() {
            return new Tries(attempt + 1, failures, losses + 1);
        }
    }

    /** Where a step stands. */
    sealed interface State {
        /** For the steps before it. */
        record Waiting() implements State {}

        /** An attempt is queued or running. */
        record Trying(Phase phase, Tries tries) implements State {}

        /** Until the next attempt. */
        record Pausing(Phase phase, Tries tries, Instant until) implements State {}

        /** Its items are under way. */
        record FannedOut(Tries tries) implements State {}

        record Succeeded(Tries tries) implements State {}

        /** Its outputs were found in the cache, or were made by the run that this one resumes. */
        record Cached(Tries tries) implements State {}

        /** Nothing ran, and nothing needed to. */
        record Skipped(String because) implements State {}

        record Failed(Tries tries, String error) implements State {}

        record Cancelled() implements State {}

        default boolean isOver() {
            return switch (this) {
                case Waiting _, Trying _, Pausing _, FannedOut _ -> false;
                case Succeeded _, Cached _, Skipped _, Failed _, Cancelled _ -> true;
            };
        }

        default boolean isDone() {
            return this instanceof Succeeded || this instanceof Cached;
        }
    }

    /** What can happen. */
    sealed interface Event {
        /** Every step before it is done. */
        record Released(Phase phase) implements Event {}

        /** A step that it needs was skipped. */
        record NotNeeded(String because) implements Event {}

        /** @param retry how long to pause before another attempt; empty if there shall be none */
        record AttemptEnded(Ending how, String error, Optional<Duration> retry) implements Event {}

        /** The number of items is known. */
        record Expanded(int items) implements Event {}

        /** All items are done. */
        record ItemsDone() implements Event {}

        /** One item failed for good. */
        record ItemFailed(String error) implements Event {}

        record PauseOver() implements Event {}

        /** Another step failed: what has not begun is skipped, what is under way is ended. */
        record RunFailed() implements Event {}

        record RunCancelled() implements Event {}
    }

    /** The step after the event; empty if the event came too late or never could. */
    static Optional<State> on(State state, Event event, Instant now) {
        return switch (state) {
            case State.Waiting _ -> waiting(event);
            case State.Trying trying -> trying(trying, event, now);
            case State.Pausing pausing -> pausing(pausing, event);
            case State.FannedOut(Tries tries) -> fannedOut(tries, event);
            case State.Succeeded _, State.Cached _, State.Skipped _, State.Failed _, State.Cancelled _ ->
                Optional.empty();
        };
    }

    private static Optional<State> waiting(Event event) {
        return switch (event) {
            case Event.Released(Phase phase) -> Optional.of(new State.Trying(phase, Tries.FIRST));
            case Event.NotNeeded(String because) -> Optional.of(new State.Skipped(because));
            case Event.RunFailed _ -> Optional.of(new State.Skipped("another step failed"));
            case Event.RunCancelled _ -> Optional.of(new State.Cancelled());
            case Event.AttemptEnded _, Event.Expanded _, Event.ItemsDone _, Event.ItemFailed _, Event.PauseOver _ ->
                Optional.empty();
        };
    }

    private static Optional<State> trying(State.Trying state, Event event, Instant now) {
        return switch (event) {
            case Event.AttemptEnded ended -> Optional.of(attemptEnded(state, ended, now));
            case Event.Expanded(int items) ->
                state.phase() != Phase.EXPAND
                        ? Optional.empty()
                        : Optional.of(items == 0 ? collecting(state.tries()) : new State.FannedOut(state.tries()));
            case Event.RunFailed _, Event.RunCancelled _ -> Optional.of(new State.Cancelled());
            case Event.Released _, Event.NotNeeded _, Event.ItemsDone _, Event.ItemFailed _, Event.PauseOver _ ->
                Optional.empty();
        };
    }

    private static State attemptEnded(State.Trying state, Event.AttemptEnded ended, Instant now) {
        Tries tries = state.tries();
        return switch (ended.how()) {
            case SUCCEEDED -> new State.Succeeded(tries);
            case CACHED -> new State.Cached(tries);
            case DECLINED -> new State.Skipped(ended.error());
            case FAILED, TIMED_OUT ->
                ended.retry()
                        .<State>map(pause -> new State.Pausing(state.phase(), tries.afterFailure(), now.plus(pause)))
                        .orElseGet(() -> new State.Failed(tries, ended.error()));
            case LOST ->
                tries.losses() < MOST_LOSSES
                        ? new State.Pausing(state.phase(), tries.afterLoss(), now.plus(pauseAfter(tries.losses())))
                        : new State.Failed(tries, ended.error());
            case INTERRUPTED -> new State.Trying(state.phase(), tries.next());
            case CANCELLED -> new State.Cancelled();
        };
    }

    private static Optional<State> pausing(State.Pausing state, Event event) {
        return switch (event) {
            case Event.PauseOver _ -> Optional.of(new State.Trying(state.phase(), state.tries()));
            case Event.RunFailed _, Event.RunCancelled _ -> Optional.of(new State.Cancelled());
            case Event.Released _,
                    Event.NotNeeded _,
                    Event.AttemptEnded _,
                    Event.Expanded _,
                    Event.ItemsDone _,
                    Event.ItemFailed _ -> Optional.empty();
        };
    }

    private static Optional<State> fannedOut(Tries tries, Event event) {
        return switch (event) {
            case Event.ItemsDone _ -> Optional.of(collecting(tries));
            case Event.ItemFailed(String error) -> Optional.of(new State.Failed(tries, error));
            case Event.RunFailed _, Event.RunCancelled _ -> Optional.of(new State.Cancelled());
            case Event.Released _, Event.NotNeeded _, Event.AttemptEnded _, Event.Expanded _, Event.PauseOver _ ->
                Optional.empty();
        };
    }

    private static State collecting(Tries tries) {
        return new State.Trying(Phase.COLLECT, tries.next());
    }

    private static Duration pauseAfter(int losses) {
        return PAUSE_AFTER_LOSS.multipliedBy(1L << (2 * losses));
    }
}
