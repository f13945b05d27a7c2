package dev.pawl.definition;

import java.time.Duration;

/** {@code monitor}: what is watched in production. */
final class MonitorSection {
    private MonitorSection() {}

    static MonitorPlan read(YamlMap monitor) {
        Duration window = monitor.required("window", YamlFormat.POSITIVE_DURATION);
        Duration every = monitor.required("budget", YamlFormat.BUDGET);
        if (every.compareTo(window) <= 0) {
            monitor.problems()
                    .addUnlessTold(
                            monitor.placeOf("budget"),
                            "allows a false alarm in every window; take a longer time, or a shorter window");
        }
        return new MonitorPlan(
                monitor.required("metric", YamlFormat.oneOf(ModelSection.METRICS)),
                monitor.required("label-delay", YamlFormat.DURATION),
                window,
                every);
    }
}
