package dev.pawl.experiment;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.StepName;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has otherwise than its working copy.
 *
 * @param parameters other values by {@code STEP.PARAMETER}
 * @param only the steps that were asked for, which run with what they read from; empty for all
 */
public record Variation(SortedMap<String, Object> parameters, List<StepName> only) {
    public static final Variation NONE = new Variation(new TreeMap<>(), List.of());

    /** What became of it: parameters under their full names with the values that the steps get, without what is as before. */
    Variation made(Definition before, Definition after) {
        SortedMap<String, Object> changed = new TreeMap<>();
        for (Definition.Step step : after.steps()) {
            var was = before.step(step.name()).parameters();
            step.parameters().forEach((name, value) -> {
                if (!value.equals(was.get(name))) {
                    changed.put(step.name() + "." + name, value);
                }
            });
        }
        return new Variation(changed, only);
    }
}
