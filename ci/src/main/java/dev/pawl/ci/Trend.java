package dev.pawl.ci;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether a curve of learning falls: the test of Mann (1945) and Kendall (1975), one-sided, with the correction for ties and for
 * continuity, at rounds that lie further apart the later they are, because learning is fast in the beginning and then slow. It looks only at which of
 * two values is the greater one, so that neither the scale nor a few wild values decide. And the end must be below the beginning: what
 * falls for long and then rises has not converged.
 *
 * @param values how many it rests on
 * @param p the probability that values without a trend, each independent of the others, look like falling so much
 * @param endsBelow whether the median of the last tenth is below the first value
 */
record Trend(int values, double p, boolean endsBelow) {
    /** With fewer values no curve could pass. */
    static final int FEWEST = 6;

    /** How often values without a trend pass. */
    static final double ALPHA = 0.01;

    private static final int MOST = 20;
    private static final int PART_AT_THE_END = 10;

    static Trend of(List<Double> curve) {
        if (curve.size() < FEWEST) {
            return new Trend(curve.size(), 1, false);
        }
        List<Double> values = spread(curve);
        double variance = variance(values);
        double z = (s(values) + 1) / Math.sqrt(variance);
        double p = variance == 0 ? 1 : NormalDistribution.of(0, 1).cumulativeProbability(z);
        return new Trend(values.size(), p, medianAtTheEnd(curve) < curve.getFirst());
    }

    boolean falls() {
        return values >= FEWEST && p < ALPHA && endsBelow;
    }

    /** The first values, then fewer and fewer, and the last one. */
    private static List<Double> spread(List<Double> all) {
        return IntStream.range(0, MOST)
                .map(i -> (int) Math.round(Math.pow(all.size(), i / (MOST - 1.0))) - 1)
                .distinct()
                .mapToObj(all::get)
                .toList();
    }

    private static double medianAtTheEnd(List<Double> curve) {
        int count = Math.max(1, curve.size() / PART_AT_THE_END);
        List<Double> end = curve.subList(curve.size() - count, curve.size()).stream()
                .sorted()
                .toList();
        return end.get(count / 2);
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
