package dev.pawl.ci;

import java.util.Locale;
import java.util.Optional;

/**
 * How much of the code the tests reach.
 *
 * @param report the file that says so
 */
record Coverage(Share lines, Optional<Share> branches, String report) {
    /** So many of all. */
    record Share(long covered, long all) {
        private static final double HUNDRED = 100.0;

        double percent() {
            return all == 0 ? 0 : HUNDRED * covered / all;
        }

        static Optional<Share> of(long covered, long all) {
            return all > 0 && covered >= 0 && covered <= all ? Optional.of(new Share(covered, all)) : Optional.empty();
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f %% of lines covered", lines.percent());
    }
}
