package dev.pawl.trigger;

import dev.pawl.kernel.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One moment of a backfill.
 *
 * @param place in the order of event time, from 0
 * @param run the last one that was handed in for it
 * @param tries how many were handed in
 * @param because how the last one ended, once it has
 */
public record BackfillRun(
        int place, Instant asOf, State state, Optional<RunId> run, int tries, Optional<String> because) {

    /** How the run of a moment stands. */
    public enum State {
        WAITING,
        UNDER_WAY,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
