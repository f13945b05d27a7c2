package dev.pawl.delivery;

import dev.pawl.kernel.PawlException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether a challenger's losses are lower than the champion's on the same rows: a one-sided paired t test on the means of
 * blocks of consecutive rows. Neighbours in time err alike; their blocks hardly do, so that the test keeps its error rate.
 *
 * @param rows that went into whole blocks; what is left over at the end is left out
 * @param meanDifference champion's loss less challenger's: above 0 the challenger is better
 * @param p the chance of such a t, or a higher one, if the challenger is not better
 */
record PairedTest(int rows, int blocks, double meanDifference, double t, double p) {
    static final int BLOCK = 7;
    static final double ALPHA = 0.05;

    static PairedTest of(double[] championLosses, double[] challengerLosses) {
        int blocks = championLosses.length / BLOCK;
        if (blocks < 2) {
            throw PawlException.user(
                    "too-few-rows",
                    "%d held-out rows are too few to compare two models: it takes %d blocks of %d"
                            .formatted(championLosses.length, 2, BLOCK));
        }
        return of(IntStream.range(0, blocks)
                .mapToDouble(block -> blockMean(championLosses, block) - blockMean(challengerLosses, block))
                .toArray());
    }

    boolean challengerIsBetter() {
        return meanDifference > 0 && p <= ALPHA;
    }

    private static PairedTest of(double[] differences) {
        int n = differences.length;
        double mean = DoubleStream.of(differences).sum() / n;
        double squares = DoubleStream.of(differences)
                .map(difference -> (difference - mean) * (difference - mean))
                .sum();
        double error = Math.sqrt(squares / (n - 1) / n);
        double t = error == 0 ? Math.signum(mean) * Double.MAX_VALUE : mean / error;
        double p = mean == 0 ? 0.5 : TDistribution.of(n - 1.0).survivalProbability(t);
        return new PairedTest(n * BLOCK, n, mean, t, p);
    }

    private static double blockMean(double[] losses, int block) {
        return IntStream.range(block * BLOCK, (block + 1) * BLOCK)
                .mapToDouble(row -> losses[row])
                .average()
                .orElseThrow();
    }
}
