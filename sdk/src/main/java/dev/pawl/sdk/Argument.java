package dev.pawl.sdk;

import java.util.Optional;

/** Where the value of a parameter of a step's method comes from. */
sealed interface Argument {

    /** What the step of the same name gave. */
    record FromStep(String step, Kind kind) implements Argument {}

    /** A file of data. */
    record FromSource(String name, String source) implements Argument {}

    /** A value that pawl.yaml or a run may set. */
    record Setting(String name, ParameterType type, Optional<Object> defaultValue, double min, double max)
            implements Argument {

        /** Whether the value is in the allowed range; only numbers have one. */
        boolean allows(Object value) {
            return !(value instanceof Number number) || (number.doubleValue() >= min && number.doubleValue() <= max);
        }

        /** The allowed range, to be read by people. */
        String range() {
            return "from " + min + " to " + max;
        }
    }

    /** Where the step reports its metrics to. */
    record ToMetrics() implements Argument {}
}
