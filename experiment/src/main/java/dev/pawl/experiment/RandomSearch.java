package dev.pawl.experiment;

import dev.pawl.kernel.Chance;
import java.util.List;
import java.util.SortedMap;

/** Values by chance, whatever came of others: Bergstra, Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 2012. */
record RandomSearch(Space space, long seed) implements Search {
    @Override
    public SortedMap<String, Object> propose(int number, List<Result> before) {
        return space.draw(Chance.of(seed, number));
    }
}
