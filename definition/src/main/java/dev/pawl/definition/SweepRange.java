package dev.pawl.definition;

import dev.pawl.definition.Sweep.Choice;
import dev.pawl.definition.Sweep.Numbers;
import dev.pawl.definition.Sweep.Range;
import dev.pawl.definition.Sweep.WholeNumbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep may try for one parameter, as it is written: numbers from {@code min} to {@code max}, or one {@code of} several.
 *
 * @param place of the parameter's name
 * @param of empty for numbers
 */
record SweepRange(
        YamlPlace place, YamlScalar min, YamlScalar max, Optional<YamlScalar> step, boolean log, List<YamlScalar> of) {
    private static final YamlFormat<String> SCALE = YamlFormat.oneOf(List.of("linear", "log"));
    private static final YamlScalar ZERO = new YamlScalar(YamlPlace.START, "0", YamlScalar.Type.NUMBER);
    private static final YamlFormat<YamlScalar> NUMBER =
            new YamlFormat<>("a number", ZERO, scalar -> scalar.number().map(_ -> scalar));
    private static final YamlFormat<YamlScalar> POSITIVE = new YamlFormat<>(
            YamlFormat.POSITIVE_NUMBER.expected(),
            ZERO,
            scalar -> YamlFormat.POSITIVE_NUMBER.reading().apply(scalar).map(_ -> scalar));
    private static final YamlFormat<YamlScalar> VALUE = new YamlFormat<>(
            YamlFormat.PARAMETER.expected(),
            ZERO,
            scalar -> YamlFormat.PARAMETER.reading().apply(scalar).map(_ -> scalar));

    static SweepRange read(YamlPlace place, YamlMap range) {
        return range.has("of") ? choice(place, range) : numbers(place, range);
    }

    private static SweepRange choice(YamlPlace place, YamlMap range) {
        List.of("min", "max", "step", "scale").forEach(key -> range.refuse(key, "is for numbers without 'of'"));
        var of = range.list("of", VALUE);
        if (of.isEmpty()) {
            range.problems().addUnlessTold(range.placeOf("of"), "has nothing to choose from");
        }
        return new SweepRange(place, ZERO, ZERO, Optional.empty(), false, of);
    }

    private static SweepRange numbers(YamlPlace place, YamlMap range) {
        var numbers = new SweepRange(
                place,
                range.required("min", NUMBER),
                range.required("max", NUMBER),
                range.optional("step", POSITIVE),
                range.optional("scale", SCALE, "linear").equals("log"),
                List.of());
        numbers.checkNumbers(range.problems());
        return numbers;
    }

    private void checkNumbers(Problems problems) {
        if (problems.toldWithin(place.path())) {
            return;
        }
        if (number(min).compareTo(number(max)) >= 0) {
            problems.add(max.place(), "must be more than min");
        }
        if (log && number(min).signum() <= 0) {
            problems.add(min.place(), "must be more than 0 where the scale is log");
        }
        step.filter(_ -> log)
                .ifPresent(
                        by -> problems.add(by.place(), "steps are of a linear scale: leave out one of step and scale"));
    }

    private static BigDecimal number(YamlScalar scalar) {
        return scalar.number().orElse(BigDecimal.ZERO);
    }

    /** As the parameter's type has it; what does not fit the parameter is reported. */
    Range range(ParameterRule rule, Problems problems) {
        if (!of.isEmpty()) {
            return new Choice(of.stream()
                    .map(value -> rule.format().read(value, problems))
                    .toList());
        } else if (!rule.type().isNumber()) {
            problems.add(place, "has no least and no greatest value: write of: [...] instead of min and max");
            return new Choice(List.of());
        }
        var by = step.map(written -> rule.withoutBounds().format().read(written, problems));
        return rule.type().isWhole()
                ? new WholeNumbers(
                        whole(rule, min, problems),
                        whole(rule, max, problems),
                        by.map(SweepRange::whole).orElse(1L),
                        log)
                : new Numbers(
                        decimal(rule, min, problems), decimal(rule, max, problems), by.map(SweepRange::decimal), log);
    }

    private static long whole(ParameterRule rule, YamlScalar scalar, Problems problems) {
        return whole(rule.format().read(scalar, problems));
    }

    private static double decimal(ParameterRule rule, YamlScalar scalar, Problems problems) {
        return decimal(rule.format().read(scalar, problems));
    }

    private static long whole(Object value) {
        return value instanceof Number number ? number.longValue() : 1;
    }

    private static double decimal(Object value) {
        return value instanceof Number number ? number.doubleValue() : 1;
    }
}
