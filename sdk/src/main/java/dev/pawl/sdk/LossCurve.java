package dev.pawl.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A loss, round after round, and whether it falls: the test of Mann (1945) and Kendall (1975), one-sided, with the correction for ties and
 * for continuity, at rounds that lie further apart the later they are, because learning is fast in the beginning and then slow. It looks
 * only at which of two values is the greater one, so that neither the scale nor a few wild values decide. And the end must be below the
 * beginning: what falls for long and then rises has not converged. Pawl's convergence check is the same.
 *
 * <pre>{@code
 * RecordedMetrics metrics = Metrics.recording();
 * new Births().train(features, metrics);
 * LossCurve.of(metrics, "loss").requireFall();
 * }</pre>
 */
public final class LossCurve {
    /** With fewer values no curve could pass. */
    public static final int FEWEST = 6;

    /** How often values without a trend pass. */
    public static final double ALPHA = 0.01;

    /** Below it a standard normal value is with probability {@link #ALPHA}. */
    private static final double Z_AT_ALPHA = -2.3263478740408408;

    private static final int MOST = 20;
    private static final int PART_AT_THE_END = 10;

    private final String name;
    private final List<Double> losses;

    private LossCurve(String name, List<Double> losses) {
        this.name = name;
        this.losses = losses;
    }

    /** Of a metric that was logged once for each round. */
    public static LossCurve of(RecordedMetrics metrics, String name) {
        return new LossCurve(name, metrics.values(name));
    }

    /** Of the values themselves. */
    public static LossCurve of(List<Double> losses) {
        return new LossCurve("loss", List.copyOf(losses));
    }

    /** Whether it falls, as {@link #requireFall} requires. */
    public boolean falls() {
        return losses.size() >= FEWEST && z().orElse(0) < Z_AT_ALPHA && endsBelow();
    }

    /**
     * Requires that it falls.
     *
     * @throws AssertionError when it does not, or has fewer than {@value #FEWEST} values
     */
    public LossCurve requireFall() {
        requireEnough();
        if (!falls()) {
            throw new AssertionError(
                    "'%s' does not fall: from %s to %s in %d rounds (Mann-Kendall, z = %s, must be below %s%s)"
                            .formatted(
                                    name,
                                    number(losses.getFirst()),
                                    number(losses.getLast()),
                                    losses.size(),
                                    number(z().orElse(0)),
                                    number(Z_AT_ALPHA),
                                    endsBelow() ? "" : "; it ends where it began, or above"));
        }
        return this;
    }

    /**
     * Requires that a few records are learnt by heart: what cannot even do that will not learn more.
     *
     * @throws AssertionError when the last value is not below the bound, or there are fewer than {@value #FEWEST}
     */
    public LossCurve requireOverfit(double below) {
        requireEnough();
        if (!(losses.getLast() < below)) {
            throw new AssertionError(
                    "'%s' is %s after %d rounds, not below %s: it cannot even learn these records by heart"
                            .formatted(name, number(losses.getLast()), losses.size(), number(below)));
        }
        return this;
    }

    /** The statistic of the test, which is standard normal where there is no trend; none where nothing can be said. */
    public OptionalDouble z() {
        if (losses.size() < FEWEST) {
            return OptionalDouble.empty();
        }
        List<Double> values = spread();
        double variance = variance(values);
        return variance == 0 ? OptionalDouble.empty() : OptionalDouble.of((s(values) + 1) / Math.sqrt(variance));
    }

    /** Whether the median of the last tenth is below the first value. */
    public boolean endsBelow() {
        if (losses.isEmpty()) {
            return false;
        }
        int count = Math.max(1, losses.size() / PART_AT_THE_END);
        List<Double> end = losses.subList(losses.size() - count, losses.size()).stream()
                .sorted()
                .toList();
        return end.get(count / 2) < losses.getFirst();
    }

    private void requireEnough() {
        if (losses.size() < FEWEST) {
            throw new AssertionError(
                    "'%s' has %d values; log one for each round, %d at least, with the round as its step"
                            .formatted(name, losses.size(), FEWEST));
        }
    }

    /** The first values, then fewer and fewer, and the last one. */
    private List<Double> spread() {
        return IntStream.range(0, MOST)
                .map(i -> (int) Math.round(Math.pow(losses.size(), i / (MOST - 1.0))) - 1)
                .distinct()
                .mapToObj(losses::get)
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
        double tied = ties.values().stream().mapToDouble(LossCurve::term).sum();
        return (term(values.size()) - tied) / 18;
    }

    private static double term(int count) {
        return count * (count - 1.0) * (2.0 * count + 5);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
