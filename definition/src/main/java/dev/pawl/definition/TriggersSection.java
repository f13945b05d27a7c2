package dev.pawl.definition;

import dev.pawl.definition.TriggerRule.OnDecay;
import dev.pawl.definition.TriggerRule.OnNewData;
import dev.pawl.definition.TriggerRule.OnSchedule;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code triggers}: what starts a run of the deployed pipeline by itself. */
final class TriggersSection {
    private static final YamlFormat<String> KIND = YamlFormat.oneOf(List.of("schedule", "new-data", "decay"));

    private final Collection<String> sources;
    private final Optional<MonitorPlan> monitor;

    private TriggersSection(Collection<String> sources, Optional<MonitorPlan> monitor) {
        this.sources = sources;
        this.monitor = monitor;
    }

    static List<TriggerRule> read(YamlMap root, Collection<String> sources, Optional<MonitorPlan> monitor) {
        var section = new TriggersSection(sources, monitor);
        return root.mapList("triggers").stream().map(section::rule).toList();
    }

    private TriggerRule rule(YamlMap trigger) {
        return switch (trigger.required("on", KIND)) {
            case "new-data" -> onNewData(trigger);
            case "decay" -> onDecay(trigger);
            default -> new OnSchedule(trigger.required("cron", YamlFormat.CRON), cooldown(trigger, Duration.ZERO));
        };
    }

    private OnNewData onNewData(YamlMap trigger) {
        String source = trigger.required("of", YamlFormat.TEXT);
        if (!sources.contains(source)) {
            trigger.problems()
                    .addUnlessTold(
                            trigger.placeOf("of"), "data has no '" + source + "'" + ProblemHint.of(source, sources));
        }
        int rows = trigger.required("at-least", YamlFormat.ROWS);
        return new OnNewData(source, rows, cooldown(trigger, Duration.ZERO));
    }

    /** Before a window has passed, nothing can have been seen of a new model. */
    private OnDecay onDecay(YamlMap trigger) {
        if (monitor.isEmpty()) {
            trigger.problems().add(trigger.placeOf("on"), "decay is noticed by monitor, which is not declared");
        }
        return new OnDecay(cooldown(trigger, monitor.map(MonitorPlan::window).orElse(Duration.ZERO)));
    }

    private static Duration cooldown(YamlMap trigger, Duration otherwise) {
        return trigger.optional("cooldown", YamlFormat.DURATION, otherwise);
    }
}
