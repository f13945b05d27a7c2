package dev.pawl.ci;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A metric here and on the other branch. With several seeds on both sides, means are compared, and what lies within the band is chance:
 * Welch's t interval for the difference of two means, at 99 %.
 *
 * @param name {@code STEP.METRIC}
 * @param before on the other branch
 * @param band empty where there are no seeds on one side: nothing is known of chance then
 */
record MetricDifference(String name, double before, double after, Optional<Double> band) {
    private static final double CONFIDENCE = 0.99;

    static MetricDifference of(String name, List<Double> before, List<Double> after) {
        return new MetricDifference(name, mean(before), mean(after), band(before, after));
    }

    double change() {
        return after - before;
    }

    /** Beyond what is chance, as far as that is known. */
    boolean moved() {
        return Math.abs(change()) > band.orElse(0.0);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The unbiased estimate. */
    private static double variance(List<Double> values) {
        double mean = mean(values);
        return values.stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.size() - 1);
    }

    private static Optional<Double> band(List<Double> before, List<Double> after) {
        if (before.size() < 2 || after.size() < 2) {
            return Optional.empty();
        }
        double a = variance(before) / before.size();
        double b = variance(after) / after.size();
        if (a + b == 0) {
            return Optional.of(0.0);
        }
        double freedom = (a + b) * (a + b) / (a * a / (before.size() - 1) + b * b / (after.size() - 1));
        double t = TDistribution.of(freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return Optional.of(t * Math.sqrt(a + b));
    }
}
