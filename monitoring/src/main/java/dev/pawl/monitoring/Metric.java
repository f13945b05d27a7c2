package dev.pawl.monitoring;

import dev.pawl.kernel.PawlException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/** How errors become one number; the lower the better. */
enum Metric {
    /** Mean absolute error in proportion to the label, a ratio; labels of zero are left out. */
    MAPE {
        @Override
        OptionalDouble of(Sums sums) {
            return mean(sums.ratio(), sums.ratios());
        }
    },
    /** Mean absolute error, in the label's unit. */
    MAE {
        @Override
        OptionalDouble of(Sums sums) {
            return mean(sums.absolute(), sums.labels());
        }
    },
    /** Root of the mean squared error, in the label's unit. */
    RMSE {
        @Override
        OptionalDouble of(Sums sums) {
            OptionalDouble mean = mean(sums.squared(), sums.labels());
            return mean.isEmpty() ? mean : OptionalDouble.of(Math.sqrt(mean.getAsDouble()));
        }
    };

    /** Empty where there is nothing to take a mean of. */
    abstract OptionalDouble of(Sums sums);

    static Metric named(String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.text().equals(name))
                .findFirst()
                .orElseThrow(() -> PawlException.user(
                        "bad-metric", "'" + name + "' is not a metric that is monitored: use mape, mae or rmse"));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static OptionalDouble mean(double sum, long count) {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }
}
