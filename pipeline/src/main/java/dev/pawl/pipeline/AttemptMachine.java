package dev.pawl.pipeline;

import java.time.Instant;
import java.util.Optional;

/** What becomes of one attempt at a step when something happens to it. */
final class AttemptMachine {
    private AttemptMachine() {}

    /** Where an attempt stands. */
    sealed interface State {
        /** For its turn. */
        record Queued() implements State {}

        record Running(Instant since) implements State {}

        record Ended(Ending how) implements State {}
    }

    /** How an attempt ended. */
    enum Ending {
        SUCCEEDED,
        /** Nothing ran: the outputs were there already. */
        CACHED,
        /** Nothing ran: the step's condition was not true. */
        DECLINED,
        FAILED,
        TIMED_OUT,
        /** The platform broke it: its server died, or a disk failed. The step's own doing was not at fault. */
        LOST,
        /** Its server was stopped; it is made again at no cost. */
        INTERRUPTED,
        CANCELLED
    }

    /** What can happen. */
    sealed interface Event {
        record Began() implements Event {}

        record CameToAnEnd(Ending how) implements Event {}
    }

    /** The attempt after the event; empty if the event came too late or never could. */
    static Optional<State> on(State state, Event event, Instant now) {
        return switch (state) {
            case State.Queued _ -> queued(event, now);
            case State.Running _ -> running(event);
            case State.Ended _ -> Optional.empty();
        };
    }

    /** Whatever needs no process may end without having begun, and so may what never got one. */
    private static Optional<State> queued(Event event, Instant now) {
        return switch (event) {
            case Event.Began _ -> Optional.of(new State.Running(now));
            case Event.CameToAnEnd ended ->
                switch (ended.how()) {
                    case SUCCEEDED, TIMED_OUT -> Optional.empty();
                    case CACHED, DECLINED, FAILED, LOST, INTERRUPTED, CANCELLED ->
                        Optional.of(new State.Ended(ended.how()));
                };
        };
    }

    private static Optional<State> running(Event event) {
        return switch (event) {
            case Event.Began _ -> Optional.empty();
            case Event.CameToAnEnd ended ->
                switch (ended.how()) {
                    case CACHED, DECLINED -> Optional.empty();
                    case SUCCEEDED, FAILED, TIMED_OUT, LOST, INTERRUPTED, CANCELLED ->
                        Optional.of(new State.Ended(ended.how()));
                };
        };
    }
}
