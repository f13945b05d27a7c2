package dev.pawl.sdk;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;

/** Metrics that remember what was logged, for tests. */
public final class RecordedMetrics implements Metrics {
    private final List<MetricPoint> points = new CopyOnWriteArrayList<>();

    RecordedMetrics() {}

    @Override
    public void log(String name, long step, double value) {
        points.add(new MetricPoint(name, step, value));
    }

    /** Everything that was logged, in order. */
    public List<MetricPoint> points() {
        return List.copyOf(points);
    }

    /** All values of one metric, in the order they were logged. */
    public List<Double> values(String name) {
        return points.stream()
                .filter(point -> point.name().equals(name))
                .map(MetricPoint::value)
                .toList();
    }

    /** The value of a metric that was logged last. */
    public double last(String name) {
        List<Double> values = values(name);
        if (values.isEmpty()) {
            throw new NoSuchElementException("Metric '" + name + "' was never logged");
        }
        return values.getLast();
    }
}
