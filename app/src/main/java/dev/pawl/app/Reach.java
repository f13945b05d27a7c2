package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Lineage;
import java.util.List;

/**
 * How much of a lineage is wanted, in each direction.
 *
 * @param depth how many steps away at the most
 * @param most how many steps at the most, the nearest of each branch first
 */
record Reach(int depth, int most) {
    static final Reach ALL = new Reach(Lineage.MOST_STEPS, Lineage.MOST_STEPS);

    Reach {
        if (depth < 0 || most < 1 || most > Lineage.MOST_STEPS) {
            throw PawlException.user(
                    "bad-reach",
                    "A lineage has a depth from 0 on and 1 to " + Lineage.MOST_STEPS + " steps, not depth " + depth
                            + " and " + most + " steps");
        }
    }

    List<Lineage.Stop> of(List<Lineage.Stop> way) {
        return way.stream().filter(stop -> stop.depth() <= depth).limit(most).toList();
    }
}
