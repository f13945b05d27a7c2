package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import dev.pawl.kernel.Chance;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All that a sweep may try: its parameters, by {@code STEP.PARAMETER}, and the values that each may have. */
record Space(SortedMap<String, Dimension> dimensions) {
    static Space of(Sweep sweep) {
        var dimensions = new TreeMap<String, Dimension>();
        sweep.parameters().forEach((name, range) -> dimensions.put(name, Dimension.of(range)));
        return new Space(dimensions);
    }

    /** Values by chance, each parameter's apart from the others'. */
    SortedMap<String, Object> draw(Chance chance) {
        return each(parameter -> parameter.getValue().draw(chance));
    }

    /** A value for each parameter, in the order of their names. */
    SortedMap<String, Object> each(Function<Map.Entry<String, Dimension>, Object> value) {
        var values = new TreeMap<String, Object>();
        dimensions.entrySet().forEach(parameter -> values.put(parameter.getKey(), value.apply(parameter)));
        return values;
    }
}
