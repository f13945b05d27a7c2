package dev.pawl.trigger;

import dev.pawl.kernel.Fact.Outcome;
import java.util.Optional;

/** What becomes of a backfill when something happens to it. Values in, values out: all else only carries out what it decides. */
final class BackfillMachine {
    private BackfillMachine() {}

    /** Where a backfill stands. */
    sealed interface State {
        /** How its runs stand. */
        Tally tally();

        /** Hands in runs, as many at a time as it may. */
        record Running(Tally tally) implements State {}

        /** Hands in no more; those under way go on to their ends. */
        record Paused(Tally tally) implements State {}

        /** Is over once those under way, which were asked to stop, have ended. */
        record Cancelling(Tally tally) implements State {}

        record Over(End end, Tally tally) implements State {}
    }

    /** How a backfill ends. */
    enum End {
        SUCCEEDED,
        /** Of its runs, some failed or were cancelled one by one. */
        FAILED,
        CANCELLED
    }

    /** What can happen. */
    sealed interface Event {
        /** Runs were handed in. */
        record HandedIn(int runs) implements Event {}

        record RunEnded(Outcome outcome) implements Event {}

        record PauseAsked() implements Event {}

        record ResumeAsked() implements Event {}

        record CancelAsked() implements Event {}

        /** What did not succeed shall be run again. */
        record RerunAsked() implements Event {}
    }

    /** The backfill after the event; empty if the event came too late or never could, and is to be refused. */
    static Optional<State> on(State state, Event event) {
        return switch (state) {
            case State.Running(Tally tally) -> running(tally, event);
            case State.Paused(Tally tally) -> paused(tally, event);
            case State.Cancelling(Tally tally) -> cancelling(tally, event);
            case State.Over(End end, Tally tally) -> over(end, tally, event);
        };
    }

    /** How many runs are to be handed in now. */
    static int due(State state, int parallel) {
        return switch (state) {
            case State.Running(Tally tally) -> Math.max(0, Math.min(parallel - tally.underWay(), tally.waiting()));
            case State.Paused _, State.Cancelling _, State.Over _ -> 0;
        };
    }

    private static Optional<State> running(Tally tally, Event event) {
        return switch (event) {
            case Event.HandedIn(int runs) ->
                runs > tally.waiting() ? Optional.empty() : Optional.of(new State.Running(tally.handedIn(runs)));
            case Event.RunEnded(Outcome outcome) -> tally.ended(outcome).map(BackfillMachine::orOver);
            case Event.PauseAsked _ -> Optional.of(new State.Paused(tally));
            case Event.CancelAsked _ -> Optional.of(cancelled(tally));
            case Event.RerunAsked _ -> tally.again().map(State.Running::new);
            case Event.ResumeAsked _ -> Optional.empty();
        };
    }

    private static Optional<State> paused(Tally tally, Event event) {
        return switch (event) {
            case Event.RunEnded(Outcome outcome) ->
                tally.ended(outcome).map(left -> left.isOver() ? orOver(left) : new State.Paused(left));
            case Event.ResumeAsked _ -> Optional.of(new State.Running(tally));
            case Event.CancelAsked _ -> Optional.of(cancelled(tally));
            case Event.RerunAsked _ -> tally.again().map(State.Paused::new);
            case Event.HandedIn _, Event.PauseAsked _ -> Optional.empty();
        };
    }

    private static Optional<State> cancelling(Tally tally, Event event) {
        return switch (event) {
            case Event.RunEnded(Outcome outcome) -> tally.ended(outcome).map(BackfillMachine::cancelled);
            case Event.HandedIn _, Event.PauseAsked _, Event.ResumeAsked _, Event.CancelAsked _, Event.RerunAsked _ ->
                Optional.empty();
        };
    }

    private static Optional<State> over(End end, Tally tally, Event event) {
        return switch (event) {
            case Event.RerunAsked _ -> end == End.FAILED ? tally.again().map(State.Running::new) : Optional.empty();
            case Event.HandedIn _, Event.RunEnded _, Event.PauseAsked _, Event.ResumeAsked _, Event.CancelAsked _ ->
                Optional.empty();
        };
    }

    private static State orOver(Tally tally) {
        if (!tally.isOver()) {
            return new State.Running(tally);
        }
        return new State.Over(tally.failed() + tally.cancelled() == 0 ? End.SUCCEEDED : End.FAILED, tally);
    }

    private static State cancelled(Tally tally) {
        Tally left = tally.givenUp();
        return left.isOver() ? new State.Over(End.CANCELLED, left) : new State.Cancelling(left);
    }
}
