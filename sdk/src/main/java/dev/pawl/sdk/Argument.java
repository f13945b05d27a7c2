package dev.pawl.sdk;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the value of a parameter of a step's method comes from. */
sealed interface Argument {

    /**
     * What another step gave.
     *
     * @param name the parameter's, and so the input's
     * @param step as the method names it: within the classes around it that may be the end of its name only
     * @param each whether the step runs once for each element of the list that it is
     * @param optional whether the step also runs without it
     * @param list whether it is taken as a list of such things
     */
    record FromStep(String name, String step, Form form, boolean each, boolean optional, boolean list)
            implements Argument {}

    /** A file of data. */
    record FromSource(String name, String source) implements Argument {}

    /** A value that pawl.yaml or a run may set. */
    record Setting(String name, Scalar type, Optional<Object> defaultValue, double min, double max, String doc)
            implements Argument {

        /** Whether the value is in the allowed range; only numbers have one. */
        boolean allows(Object value) {
            return !(value instanceof Number number) || (number.doubleValue() >= min && number.doubleValue() <= max);
        }

        /** The allowed range, to be read by people. */
        String range() {
            return "from " + min + " to " + max;
        }

        /**
         * What a JSON scalar means for it.
         *
         * @throws ContractException when it is of another type or out of range
         */
        Object checked(@Nullable Object given) {
            Object value = type.of(given)
                    .orElseThrow(() -> new ContractException("Parameter '" + name + "' must be of type " + type.word()
                            + ", but is " + Json.write(given)));
            if (!allows(value)) {
                throw new ContractException(
                        "Parameter '" + name + "' must be " + range() + ", but is " + Json.write(given));
            }
            return value;
        }
    }

    /** The value of a secret. */
    record FromSecret(String name, String secret) implements Argument {}

    /** Where the step reports its metrics to. */
    record ToMetrics() implements Argument {}

    /** Where the step may write what it likes. */
    record InWorkspace() implements Argument {}

    /** How the run ended, for a step that always runs. */
    record HowItEnded() implements Argument {}
}
