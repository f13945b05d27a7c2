package dev.pawl.app;

import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.MetricPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A metric over the steps of a training, to be looked at.
 *
 * @param values at the positions, which grow; of several at one the last, and of many a part, the first and the last among them
 */
record Curve(StepName step, String name, List<Long> positions, List<Double> values) {
    static final int MOST_POINTS = 1_000;

    private record Metric(StepName step, String name) {}

    /** @param points in the order of their reporting */
    static List<Curve> of(List<MetricPoint> points) {
        Map<Metric, TreeMap<Long, Double>> curves = new LinkedHashMap<>();
        points.forEach(point -> curves.computeIfAbsent(new Metric(point.step(), point.name()), _ -> new TreeMap<>())
                .put(point.position(), point.value()));
        return curves.entrySet().stream()
                .map(curve -> of(curve.getKey(), curve.getValue()))
                .toList();
    }

    private static Curve of(Metric metric, TreeMap<Long, Double> all) {
        List<Long> positions = thinned(new ArrayList<>(all.keySet()));
        return new Curve(
                metric.step(),
                metric.name(),
                positions,
                positions.stream().map(all::get).toList());
    }

    private static List<Long> thinned(List<Long> all) {
        if (all.size() <= MOST_POINTS) {
            return all;
        }
        List<Long> some = new ArrayList<>(MOST_POINTS);
        for (int i = 0; i < MOST_POINTS; i++) {
            some.add(all.get((int) ((long) i * (all.size() - 1) / (MOST_POINTS - 1))));
        }
        return some;
    }
}
