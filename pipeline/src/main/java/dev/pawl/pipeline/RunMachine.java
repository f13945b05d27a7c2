package dev.pawl.pipeline;

import dev.pawl.kernel.Fact.Outcome;
import java.util.Optional;

/** What becomes of a run when something happens to it. Values in, values out: all else only carries out what it decides. */
final class RunMachine {
    private RunMachine() {}

    /** Where a run stands. */
    sealed interface State {
        /** No server has claimed it yet. */
        record Queued() implements State {}

        record Running() implements State {}

        /** How it ends is decided; the steps that always run at the end are under way. */
        record Finishing(End end) implements State {}

        record Over(End end) implements State {}
    }

    record End(Outcome outcome, String because) {}

    /** How the run ends, once that is decided. */
    static Optional<End> end(State state) {
        return switch (state) {
            case State.Queued _, State.Running _ -> Optional.empty();
            case State.Finishing(End end) -> Optional.of(end);
            case State.Over(End end) -> Optional.of(end);
        };
    }

    /** What can happen. */
    sealed interface Event {
        record Claimed() implements Event {}

        /** A step failed for good. */
        record StepFailed(String error) implements Event {}

        /** Every step but those that always run at the end succeeded or was not needed. */
        record StepsOver(String because) implements Event {}

        /** The steps that always run at the end are over, or there are none. */
        record FinalStepsOver() implements Event {}

        record CancelRequested(String because) implements Event {}
    }

    /** The run after the event; empty if the event came too late or never could, and is to be dropped. */
    static Optional<State> on(State state, Event event) {
        return switch (state) {
            case State.Queued _ -> queued(event);
            case State.Running _ -> running(event);
            case State.Finishing(End end) -> finishing(end, event);
            case State.Over _ -> Optional.empty();
        };
    }

    private static Optional<State> queued(Event event) {
        return switch (event) {
            case Event.Claimed _ -> Optional.of(new State.Running());
            case Event.StepFailed(String error) -> over(Outcome.FAILED, error);
            case Event.CancelRequested(String because) -> over(Outcome.CANCELLED, because);
            case Event.StepsOver _, Event.FinalStepsOver _ -> Optional.empty();
        };
    }

    private static Optional<State> running(Event event) {
        return switch (event) {
            case Event.StepFailed(String error) -> finishing(Outcome.FAILED, error);
            case Event.StepsOver(String because) -> finishing(Outcome.SUCCEEDED, because);
            case Event.CancelRequested(String because) -> finishing(Outcome.CANCELLED, because);
            case Event.Claimed _, Event.FinalStepsOver _ -> Optional.empty();
        };
    }

    /** The first failure counts; a run that had succeeded fails with a step at its end; cancelling ends even these. */
    private static Optional<State> finishing(End end, Event event) {
        return switch (event) {
            case Event.StepFailed(String error) ->
                end.outcome() == Outcome.SUCCEEDED ? finishing(Outcome.FAILED, error) : Optional.empty();
            case Event.FinalStepsOver _ -> Optional.of(new State.Over(end));
            case Event.CancelRequested(String because) -> over(Outcome.CANCELLED, because);
            case Event.Claimed _, Event.StepsOver _ -> Optional.empty();
        };
    }

    private static Optional<State> finishing(Outcome outcome, String because) {
        return Optional.of(new State.Finishing(new End(outcome, because)));
    }

    private static Optional<State> over(Outcome outcome, String because) {
        return Optional.of(new State.Over(new End(outcome, because)));
    }
}
