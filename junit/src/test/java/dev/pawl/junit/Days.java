package dev.pawl.junit;

import dev.pawl.sdk.Metrics;
import dev.pawl.sdk.Source;
import dev.pawl.sdk.Step;
import dev.pawl.sdk.Table;
import java.nio.file.Path;
import java.util.Arrays;

/** Steps that bear hostile tables, and some that do not. */
final class Days {
    private static int calls;

    @Step
    Table careful(@Source("days") Path csv) {
        Table days = Table.read(csv);
        double[] births = days.numbers("births");
        double mean = Arrays.stream(births)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0);
        return days.with(
                "share",
                Arrays.stream(births).map(value -> mean == 0 ? 0 : value / mean).toArray());
    }

    /** A share of nothing is NaN, which the table lacks then. */
    @Step
    Table divides(@Source("days") Path csv) {
        Table days = Table.read(csv);
        double[] births = days.numbers("births");
        double sum = Arrays.stream(births).sum();
        return days.with(
                "share", Arrays.stream(births).map(value -> value / sum).toArray());
    }

    @Step
    int wholeDays(@Source("days") Path csv) {
        int births = (int) Table.read(csv).number("births", 0);
        return 10_000 / births;
    }

    @Step
    double better(Metrics metrics) {
        for (int round = 1; round <= 20; round++) {
            metrics.log("loss", round, 1.0 / round);
        }
        return 1;
    }

    @Step
    double worse(Metrics metrics) {
        for (int round = 1; round <= 20; round++) {
            metrics.log("loss", round, round);
        }
        return 1;
    }

    @Step
    int counts() {
        return ++calls;
    }
}
