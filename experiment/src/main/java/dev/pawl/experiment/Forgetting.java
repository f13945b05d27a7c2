package dev.pawl.experiment;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How much each result counts: the last 25 fully, those before them the less, the older they are, as in the authors' Hyperopt.
 * What was tried long ago was tried with less in mind.
 */
final class Forgetting {
    private static final int FULLY = 25;

    private Forgetting() {}

    /** In the order of the results. */
    static double[] weights(int count) {
        int ramp = Math.max(0, count - FULLY);
        return DoubleStream.concat(
                        IntStream.range(0, ramp).mapToDouble(i -> onRamp(i, ramp, count)),
                        DoubleStream.generate(() -> 1).limit(count - ramp))
                .toArray();
    }

    /** From 1/count to 1 in equal steps. */
    private static double onRamp(int index, int ramp, int count) {
        double first = 1.0 / count;
        return ramp == 1 ? first : first + (1 - first) * index / (ramp - 1);
    }
}
