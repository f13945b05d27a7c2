package dev.pawl.experiment;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every combination, in order: the parameter whose name is the last changes with every trial, the first one most seldom. */
record Grid(Space space) implements Search {
    @Override
    public SortedMap<String, Object> propose(int number, List<Result> before) {
        var values = new TreeMap<String, Object>();
        long left = number;
        for (var parameter : space.dimensions().reversed().entrySet()) {
            long size = size(parameter.getValue());
            values.put(parameter.getKey(), nth(parameter.getValue(), left % size));
            left /= size;
        }
        return values;
    }

    private static long size(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Choice choice -> choice.of().size();
            case Dimension.Stepped stepped -> stepped.count();
            case Dimension.Continuous _ -> throw uncountable();
        };
    }

    private static Object nth(Dimension dimension, long index) {
        return switch (dimension) {
            case Dimension.Choice choice -> choice.of().get((int) index);
            case Dimension.Stepped stepped -> stepped.nth(index);
            case Dimension.Continuous _ -> throw uncountable();
        };
    }

    /** No definition has such a sweep. */
    private static IllegalStateException uncountable() {
        return new IllegalStateException("a grid of values that cannot be counted");
    }
}
