package dev.pawl.ci;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether a curve falls: the test of Mann (1945) and Kendall (1975), one-sided, with the correction for ties and for continuity. It
 * looks only at which of two values is the greater one, so that neither the scale nor a few wild values decide.
 *
 * @param values how many it rests on
 * @param p the probability that a curve without a trend looks like falling so much
 */
record Trend(int values, double p) {
    /** With fewer values no curve could pass. */
    static final int FEWEST = 6;

    /** How often a curve without a trend passes. */
    static final double ALPHA = 0.01;

    /** A test of more is no better, and costs their square. */
    private static final int MOST = 1_000;

    static Trend of(List<Double> curve) {
        List<Double> values = curve.size() <= MOST ? curve : thinned(curve);
        int n = values.size();
        if (n < FEWEST) {
            return new Trend(n, 1);
        }
        double variance = variance(values);
        long s = s(values);
        return new Trend(
                n,
                variance == 0 ? 1 : NormalDistribution.of(0, 1).cumulativeProbability((s + 1) / Math.sqrt(variance)));
    }

    boolean falls() {
        return values >= FEWEST && p < ALPHA;
    }

    private static List<Double> thinned(List<Double> all) {
        return IntStream.range(0, MOST)
                .mapToObj(i -> all.get((int) ((long) i * (all.size() - 1) / (MOST - 1))))
                .toList();
    }

    /** Pairs that rise less pairs that fall. */
    private static long s(List<Double> values) {
        long s = 0;
        for (int i = 0; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                s += Double.compare(values.get(j), values.get(i));
            }
        }
        return s;
    }

    private static double variance(List<Double> values) {
        Map<Double, Integer> ties = new TreeMap<>();
        values.forEach(value -> ties.merge(value, 1, Integer::sum));
        double tied = ties.values().stream().mapToDouble(Trend::term).sum();
        return (term(values.size()) - tied) / 18;
    }

    private static double term(int count) {
        return count * (count - 1.0) * (2.0 * count + 5);
    }
}
