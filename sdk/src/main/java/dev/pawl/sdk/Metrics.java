package dev.pawl.sdk;

/**
 * Where a step reports how it is doing: a loss per round, a final error. Values are finite; NaN and infinities are refused,
 * because a training that gave one has failed.
 */
public interface Metrics {
    /** Reports a value that a step has once. */
    default void log(String name, double value) {
        log(name, 0, value);
    }

    /**
     * Reports a value of a series.
     *
     * @param step the point within the series, such as the training round; not negative
     */
    void log(String name, long step, double value);

    /** Checks what it is given and forgets it: for tests that do not look at metrics. */
    static Metrics none() {
        return MetricPoint::new;
    }

    /** Keeps what it is given: for tests that do. */
    static RecordedMetrics recording() {
        return new RecordedMetrics();
    }
}
