package dev.pawl.trigger;

import dev.pawl.kernel.Fact.Outcome;
import java.util.Optional;

/**
 * How the runs of a backfill stand.
 *
 * @param waiting not handed in yet
 * @param underWay handed in, not ended
 */
public record Tally(int waiting, int underWay, int succeeded, int failed, int cancelled) {
    static Tally of(int runs) {
        return new Tally(runs, 0, 0, 0, 0);
    }

    public int all() {
        return waiting + underWay + succeeded + failed + cancelled;
    }

    boolean isOver() {
        return waiting + underWay == 0;
    }

    Tally handedIn(int runs) {
        return new Tally(waiting - runs, underWay + runs, succeeded, failed, cancelled);
    }

    /** Empty if none is under way that could end. */
    Optional<Tally> ended(Outcome outcome) {
        return underWay == 0
                ? Optional.empty()
                : Optional.of(
                        switch (outcome) {
                            case SUCCEEDED -> new Tally(waiting, underWay - 1, succeeded + 1, failed, cancelled);
                            case FAILED -> new Tally(waiting, underWay - 1, succeeded, failed + 1, cancelled);
                            case CANCELLED -> new Tally(waiting, underWay - 1, succeeded, failed, cancelled + 1);
                        });
    }

    /** With all that did not succeed waiting anew; empty if there is none. */
    Optional<Tally> again() {
        int more = failed + cancelled;
        return more == 0 ? Optional.empty() : Optional.of(new Tally(waiting + more, underWay, succeeded, 0, 0));
    }

    /** What waits will not be run. */
    Tally givenUp() {
        return new Tally(0, underWay, succeeded, failed, cancelled + waiting);
    }
}
