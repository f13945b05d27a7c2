package dev.pawl.experiment;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SweepId;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A try of some values, in one round of a sweep.
 *
 * @param number of the values, from 0, the same in each round
 * @param round from 0; the only one without early stopping
 * @param parameters by {@code STEP.PARAMETER}
 * @param run the last one that it was given
 * @param value of the metric that decides; empty while it runs, and if it had none
 * @param because why an ended one has no value; else empty text
 */
public record Trial(
        SweepId sweep,
        int number,
        int round,
        SortedMap<String, Object> parameters,
        RunId run,
        State state,
        Optional<Double> value,
        String because,
        Instant startedAt,
        Optional<Instant> endedAt) {

    /** Where it stands. */
    public enum State {
        RUNNING,
        /** The sweep was stopped, and its run is to be cancelled. */
        STOPPING,
        /** Its run was cancelled; when the sweep is resumed it gets another one. */
        WAITING,
        ENDED;

        boolean isUnderWay() {
            return switch (this) {
                case RUNNING, STOPPING -> true;
                case WAITING, ENDED -> false;
            };
        }
    }
}
