package dev.pawl.definition;

import dev.pawl.definition.ClassDescription.ParameterDescription;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parameters of one step of a class: what pawl.yaml gives, checked against what the class declares. */
record StepParameters(Map<String, ParameterDescription> declared, StepSettings given, Problems problems) {

    SortedMap<String, Object> values() {
        given.parameters().forEach((name, node) -> {
            if (!declared.containsKey(name)) {
                String hint = ProblemHint.of(name, declared.keySet());
                problems.add(node.place(), "the step has no parameter '" + name + "'" + hint);
            }
        });
        var values = new TreeMap<String, Object>();
        declared.forEach((name, parameter) -> value(name, parameter).ifPresent(value -> values.put(name, value)));
        return values;
    }

    private Optional<Object> value(String name, ParameterDescription parameter) {
        var node = given.parameters().get(name);
        if (node != null) {
            return Optional.of(format(parameter).read(node, problems));
        }
        if (parameter.byDefault().isEmpty()) {
            problems.add(
                    given.place().named("parameters").named(name), "is missing: the class declares no default for it");
        }
        return parameter.byDefault().map(value -> normal(value, parameter));
    }

    /** JSON has one kind of number, so that the default of a double may come as 1. */
    private static Object normal(Object value, ParameterDescription parameter) {
        boolean whole = parameter.type() == ClassDescription.ParameterType.DOUBLE && value instanceof Number;
        return whole ? (Object) ((Number) value).doubleValue() : value;
    }

    private static YamlFormat<Object> format(ParameterDescription parameter) {
        String expected = expected(parameter);
        return switch (parameter.type()) {
            case INT -> whole(expected, parameter, Integer.SIZE);
            case LONG -> whole(expected, parameter, Long.SIZE);
            case DOUBLE ->
                new YamlFormat<>(
                        expected, 0.0, scalar -> within(scalar, parameter).map(BigDecimal::doubleValue));
            case STRING ->
                new YamlFormat<>(expected, "", scalar -> scalar.content().filter(String.class::isInstance));
            case BOOLEAN ->
                new YamlFormat<>(expected, false, scalar -> scalar.content().filter(Boolean.class::isInstance));
        };
    }

    private static YamlFormat<Object> whole(String expected, ParameterDescription parameter, int bits) {
        return new YamlFormat<>(
                expected,
                0,
                scalar -> within(scalar, parameter)
                        .flatMap(YamlScalar::whole)
                        .map(whole -> BigDecimal.valueOf(whole).toBigInteger())
                        .filter(whole -> whole.bitLength() < bits)
                        .map(YamlScalar::smallest));
    }

    private static Optional<BigDecimal> within(YamlScalar scalar, ParameterDescription parameter) {
        return scalar.number()
                .filter(number -> parameter.min().stream().allMatch(min -> number.compareTo(min) >= 0))
                .filter(number -> parameter.max().stream().allMatch(max -> number.compareTo(max) <= 0));
    }

    private static String expected(ParameterDescription parameter) {
        String type = switch (parameter.type()) {
            case INT, LONG -> "a whole number (" + parameter.type() + ")";
            case DOUBLE -> "a number (double)";
            case STRING -> "text; put it in quotes";
            case BOOLEAN -> "true or false";
        };
        return type
                + parameter
                        .min()
                        .map(min -> ", at least " + min.toPlainString())
                        .orElse("")
                + parameter.max().map(max -> ", at most " + max.toPlainString()).orElse("");
    }
}
