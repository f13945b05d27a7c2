package dev.pawl.pipeline;

import dev.pawl.kernel.StepName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value that a step reported.
 *
 * @param position the step of the training it belongs to; 0 if it has none
 * @param value finite
 */
public record MetricPoint(StepName step, String name, long position, double value) {
    /**
     * What each metric came to, by {@code STEP.METRIC}: the value at the greatest position, the last one of several there.
     *
     * @param points in the order of their reporting
     */
    public static SortedMap<String, Double> last(List<MetricPoint> points) {
        SortedMap<String, Double> last = new TreeMap<>();
        Map<String, Long> at = new HashMap<>();
        for (MetricPoint point : points) {
            String name = point.step() + "." + point.name();
            if (point.position() >= at.getOrDefault(name, Long.MIN_VALUE)) {
                at.put(name, point.position());
                last.put(name, point.value());
            }
        }
        return last;
    }
}
