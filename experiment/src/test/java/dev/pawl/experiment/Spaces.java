package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import dev.pawl.definition.Sweep.Choice;
import dev.pawl.definition.Sweep.Goal;
import dev.pawl.definition.Sweep.Halving;
import dev.pawl.definition.Sweep.Numbers;
import dev.pawl.definition.Sweep.Range;
import dev.pawl.definition.Sweep.WholeNumbers;
import dev.pawl.kernel.StepName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sweeps as tests write them. */
final class Spaces {
    private Spaces() {}

    static Range numbers(double min, double max) {
        return new Numbers(min, max, Optional.empty(), false);
    }

    static Range stepped(double min, double max, double step) {
        return new Numbers(min, max, Optional.of(step), false);
    }

    static Range log(double min, double max) {
        return new Numbers(min, max, Optional.empty(), true);
    }

    static Range whole(long min, long max, long step) {
        return new WholeNumbers(min, max, step, false);
    }

    static Range wholeLog(long min, long max) {
        return new WholeNumbers(min, max, 1, true);
    }

    static Range of(Object... values) {
        return new Choice(List.of(values));
    }

    static Sweep sweep(Sweep.Search search, int seed, Map<String, Range> parameters) {
        return new Sweep(
                search,
                50,
                1,
                new StepName("score"),
                "loss",
                Goal.MIN,
                seed,
                new TreeMap<>(parameters),
                Optional.empty());
    }

    static Sweep halving(int from, int factor) {
        return new Sweep(
                Sweep.Search.RANDOM,
                50,
                1,
                new StepName("score"),
                "loss",
                Goal.MIN,
                0,
                new TreeMap<>(Map.of("score.x", numbers(0, 1))),
                Optional.of(new Halving(from, factor)));
    }

    static Dimension dimension(Range range) {
        return Dimension.of(range);
    }
}
