package dev.pawl.definition;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * What a parameter's value must be.
 *
 * @param expected the same for a sentence that begins with "must be"
 */
record ParameterRule(String expected, Type type, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    /** The types of Java that a parameter can have; in the JSON of a class they are written in lower case. */
    enum Type {
        INT,
        LONG,
        DOUBLE,
        STRING,
        BOOLEAN;

        boolean isWhole() {
            return this == INT || this == LONG;
        }

        boolean isNumber() {
            return isWhole() || this == DOUBLE;
        }
    }

    /** As a class declares it. */
    static ParameterRule declared(Type type, Optional<BigDecimal> min, Optional<BigDecimal> max) {
        String java = " (" + type.name().toLowerCase(Locale.ROOT) + ")";
        String expected = switch (type) {
            case INT, LONG -> "a whole number" + java;
            case DOUBLE -> "a number" + java;
            case STRING -> "text; put it in quotes";
            case BOOLEAN -> "true or false";
        };
        return new ParameterRule(
                expected
                        + min.map(least -> ", at least " + least.toPlainString())
                                .orElse("")
                        + max.map(most -> ", at most " + most.toPlainString()).orElse(""),
                type,
                min,
                max);
    }

    /** Where nobody declares a type: another value must be of the kind of the one that is there. */
    static ParameterRule like(Object value) {
        return switch (value) {
            case Boolean truth -> like("true or false, as " + truth + " is", Type.BOOLEAN);
            case Double number -> like("a number, as " + number + " is", Type.DOUBLE);
            case Number whole -> like("a whole number, as " + whole + " is", Type.LONG);
            default -> like("text, as '" + value + "' is", Type.STRING);
        };
    }

    private static ParameterRule like(String expected, Type type) {
        return new ParameterRule(expected, type, Optional.empty(), Optional.empty());
    }

    ParameterRule withoutBounds() {
        return like(type.isWhole() ? "a whole number" : expected, type);
    }

    YamlFormat<Object> format() {
        return switch (type) {
            case INT -> whole(Integer.SIZE);
            case LONG -> whole(Long.SIZE);
            case DOUBLE ->
                new YamlFormat<>(expected, 0.0, scalar -> within(scalar).map(BigDecimal::doubleValue));
            case STRING ->
                new YamlFormat<>(expected, "", scalar -> scalar.content().filter(String.class::isInstance));
            case BOOLEAN ->
                new YamlFormat<>(expected, false, scalar -> scalar.content().filter(Boolean.class::isInstance));
        };
    }

    private YamlFormat<Object> whole(int bits) {
        return new YamlFormat<>(
                expected,
                0,
                scalar -> within(scalar)
                        .flatMap(YamlScalar::whole)
                        .map(whole -> BigDecimal.valueOf(whole).toBigInteger())
                        .filter(whole -> whole.bitLength() < bits)
                        .map(YamlScalar::smallest));
    }

    private Optional<BigDecimal> within(YamlScalar scalar) {
        return scalar.number()
                .filter(number -> min.stream().allMatch(least -> number.compareTo(least) >= 0))
                .filter(number -> max.stream().allMatch(most -> number.compareTo(most) <= 0));
    }
}
