package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import java.util.List;
import java.util.SortedMap;

/**
 * A way to find values to try. What is proposed depends on the sweep, the trial's number and the results so far, and on nothing
 * else: a sweep that was interrupted goes on as if it had not been.
 */
sealed interface Search permits Grid, RandomSearch, Tpe {
    static Search of(Sweep sweep) {
        Space space = Space.of(sweep);
        return switch (sweep.search()) {
            case GRID -> new Grid(space);
            case RANDOM -> new RandomSearch(space, sweep.seed());
            case TPE -> new Tpe(space, sweep.seed());
        };
    }

    /**
     * Values for a trial, by {@code STEP.PARAMETER}.
     *
     * @param number of the trial, from 0
     * @param before what is known so far, in the order of the trials' numbers
     */
    SortedMap<String, Object> propose(int number, List<Result> before);
}
