package dev.pawl.monitoring;

import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The live error that a window may have before its version counts as decayed, from the version's own held-out rows: the
 * one-sided prediction limit for the mean of one more window, {@code mean + t(1 - alpha, k - 1) * sd * sqrt(1 + 1 / k)}.
 *
 * <p>It assumes that held-out windows are alike and independent and that a live window has about as many rows as they. Rows
 * within a window may depend on each other: only the means of windows are compared.
 *
 * @param value the limit, in the metric's unit
 * @param mean of the metric over the held-out windows
 * @param sd of the metric between them; 0 with fewer than two
 * @param windows how many whole ones there are
 * @param test the test, its evidence and its false-alarm rate, in words
 */
record ErrorLimit(double value, double mean, double sd, int windows, String test) {
    private static final double HIGHEST_ALPHA = 0.5;
    private static final double FACTOR_WITHOUT_SPREAD = 2;

    static ErrorLimit of(List<Scored> rows, MonitorPlan plan) {
        Metric metric = Metric.named(plan.metric());
        List<Double> errors = new ArrayList<>();
        for (List<Scored> window : wholeWindows(rows, plan.window())) {
            metric.of(Sums.of(window)).ifPresent(errors::add);
        }
        ErrorLimit limit =
                errors.size() < 2 ? withoutSpread(rows, metric, errors.size()) : fromSpread(errors, metric, plan);
        return limit.checked(metric);
    }

    /** No error is above a limit that is no number: such a limit would switch the watch off without a word. */
    private ErrorLimit checked(Metric metric) {
        if (Double.isFinite(mean) && Double.isFinite(value)) {
            return this;
        }
        throw PawlException.user(
                "no-reference",
                "The held-out rows give a %s of %s and a limit of %s for it, which must be finite numbers: find out why the"
                                .formatted(metric.text(), mean, value)
                        + " model's answers to some of its held-out rows are not");
    }

    private static ErrorLimit fromSpread(List<Double> errors, Metric metric, MonitorPlan plan) {
        int k = errors.size();
        double mean = errors.stream().mapToDouble(it -> it).sum() / k;
        double squares =
                errors.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum();
        double sd = Math.sqrt(squares / (k - 1));
        double alpha = Math.min(plan.alphaPerWindow(), HIGHEST_ALPHA);
        double t = TDistribution.of(k - 1).inverseSurvivalProbability(alpha);
        String test = String.format(
                Locale.ROOT,
                "one-sided t test of one window of %s against %d held-out windows of the version itself (%s mean %.4g,"
                    + " sd %.2g): while nothing changes, a window is above the limit with probability %.2g, which is"
                    + " one false alarm in %s",
                words(plan.window()),
                k,
                metric.text(),
                mean,
                sd,
                alpha,
                words(plan.falseAlarmEvery()));
        return new ErrorLimit(mean + t * sd * Math.sqrt(1 + 1.0 / k), mean, sd, k, test);
    }

    /** One window has no spread to learn a false-alarm rate from: the limit is a rule of thumb and says so. */
    private static ErrorLimit withoutSpread(List<Scored> rows, Metric metric, int windows) {
        OptionalDouble all = metric.of(Sums.of(rows));
        if (all.isEmpty()) {
            throw PawlException.user(
                    "no-reference",
                    "None of the " + rows.size() + " held-out rows gives a " + metric.text()
                            + ": hold out more rows, or choose another metric in monitor.metric of pawl.yaml");
        }
        double mean = all.getAsDouble();
        String test = String.format(
                Locale.ROOT,
                "twice the held-out %s of %.4g: the held-out rows fill %d of the 2 windows that a test needs, so that"
                        + " the false-alarm rate is unknown; hold out more rows or monitor shorter windows",
                metric.text(),
                mean,
                windows);
        return new ErrorLimit(FACTOR_WITHOUT_SPREAD * mean, mean, 0, windows, test);
    }

    /** The rows in whole windows, counted back from the last row: those are closest to what comes next. */
    static List<List<Scored>> wholeWindows(List<Scored> rows, Duration length) {
        List<List<Scored>> windows = new ArrayList<>();
        if (rows.isEmpty()) {
            return windows;
        }
        long[] times = rows.stream()
                .mapToLong(row -> row.time().toEpochMilli())
                .sorted()
                .distinct()
                .toArray();
        Instant last = Instant.ofEpochMilli(times[times.length - 1]);
        for (int i = 0; i < whole(times, length); i++) {
            windows.add(new ArrayList<>());
        }
        for (Scored row : rows) {
            long at = Duration.between(row.time(), last).toMillis() / length.toMillis();
            if (at < windows.size()) {
                windows.get((int) at).add(row);
            }
        }
        return windows;
    }

    /** A row stands for the time up to the next one, also the last: 56 daily rows fill two windows of 28 days. */
    private static int whole(long[] times, Duration length) {
        if (times.length < 2) {
            return 0;
        }
        double span = (double) (times[times.length - 1] - times[0]) * times.length / (times.length - 1);
        return (int) Math.floor(span / length.toMillis() + 1e-9);
    }

    private static String words(Duration duration) {
        return duration.equals(Duration.ofDays(duration.toDays()))
                ? duration.toDays() + " days"
                : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
