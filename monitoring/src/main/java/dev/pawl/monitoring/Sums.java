package dev.pawl.monitoring;

import java.util.Collection;

/**
 * Sums of errors, from which every metric follows: the database sums up live windows, {@link #of} held-out rows.
 *
 * @param predictions all, with or without a label
 * @param labels those with a label
 * @param ratios those whose label is not zero, so that the error has a ratio to it
 * @param ratio sum of |error| / |label|
 * @param absolute sum of |error|
 * @param squared sum of the squares of the errors
 */
record Sums(long predictions, long labels, long ratios, double ratio, double absolute, double squared) {
    /** Larger numbers are refused where they come in, so that no sum overflows. */
    static final double LARGEST = 1e100;

    /** A label as small as this counts as zero. */
    static final double ZERO = 1e-100;

    static Sums of(Collection<Scored> rows) {
        long ratios = 0;
        double ratio = 0;
        double absolute = 0;
        double squared = 0;
        for (Scored row : rows) {
            double error = Math.abs(row.predicted() - row.actual());
            if (Math.abs(row.actual()) > ZERO) {
                ratios++;
                ratio += error / Math.abs(row.actual());
            }
            absolute += error;
            squared += error * error;
        }
        return new Sums(rows.size(), rows.size(), ratios, ratio, absolute, squared);
    }

    /** Whether enough labels came to speak for all predictions. */
    boolean speakForAll() {
        return 2 * labels >= predictions;
    }
}
