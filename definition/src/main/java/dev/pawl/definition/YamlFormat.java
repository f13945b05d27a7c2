package dev.pawl.definition;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a single value is written. The patterns are those of pawl.schema.json.
 *
 * @param expected what a right one is, for a sentence that begins with "must be"
 * @param standIn stands for a wrong one, which is reported, until everything is read
 * @param reading empty, or a {@link PawlException} that says more, for a wrong one
 */
record YamlFormat<T>(String expected, T standIn, Function<YamlScalar, Optional<T>> reading) {
    /** Names that authors choose: of steps, inputs, outputs, sources of data. */
    static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,62}";

    static final String PINNED_IMAGE = "[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}";

    private static final String NAME_RULE = ": a letter, then letters, digits, - or _, 63 at the most";
    private static final String COUNT = "[1-9][0-9]{0,5}";

    static final YamlFormat<StepName> STEP = typed("a name of a step" + NAME_RULE, StepName::new);

    private static final String LOWER_NAME_RULE = "a name of lower-case letters, digits, - and _, 63 at the most";

    static final YamlFormat<String> LOWER_NAME = text(LOWER_NAME_RULE, "stand-in", matches("[a-z0-9][a-z0-9_-]{0,62}"));

    static final YamlFormat<String> TEXT =
            text("text; a number, true, false or null is text only in quotes", "", Optional::of);

    static final YamlFormat<String> VARIABLE =
            new YamlFormat<>("text, a number, true or false", "", YamlFormat::writtenVariable);

    static final YamlFormat<String> VARIABLE_NAME =
            text("a name of an environment variable", "STAND_IN", matches("[A-Za-z_][A-Za-z0-9_]*"));

    static final YamlFormat<Boolean> TRUTH = new YamlFormat<>("true or false", false, YamlFormat::truth);

    static final YamlFormat<Duration> DURATION = matching(
            "a duration such as 0s, 500ms, 10s, 2m, 3h or 14d",
            "(0|" + COUNT + ")(ms|s|m|h|d)",
            Duration.ZERO,
            YamlFormat::duration);

    static final YamlFormat<Duration> POSITIVE_DURATION = matching(
            "a duration such as 500ms, 10s, 2m, 3h or 14d, longer than nothing",
            "(" + COUNT + ")(ms|s|m|h|d)",
            Duration.ofDays(1),
            YamlFormat::duration);

    static final YamlFormat<Long> BYTES =
            matching("an amount of memory such as 512MB or 2GB", "(" + COUNT + ")(KB|MB|GB|TB)", 1L, YamlFormat::bytes);

    static final YamlFormat<Integer> RATE =
            matching("a rate such as 200/s", "(" + COUNT + ")/s", 1, match -> Integer.parseInt(match.group(1)));

    static final YamlFormat<Integer> ROWS = matching(
            "a number of rows such as 28 rows", "(" + COUNT + ") rows?", 1, match -> Integer.parseInt(match.group(1)));

    static final YamlFormat<Duration> BUDGET = matching(
            "a budget such as 1 false alarm per year, or 2 false alarms per 5 years",
            "([1-9][0-9]{0,3}) false alarms? per (?:([1-9][0-9]{0,3}) )?(day|week|month|year)s?",
            Duration.ofDays(365),
            YamlFormat::budget);

    static final YamlFormat<Double> POSITIVE_NUMBER =
            new YamlFormat<>("a number greater than 0", 1.0, YamlFormat::positiveNumber);

    static final YamlFormat<String> CLASS_NAME = text(
            "the full name of a class such as example.births.Births",
            "StandIn",
            matches("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*"));

    static final YamlFormat<String> CRON =
            text("five fields of cron in UTC such as 0 3 * * *", "0 0 * * *", YamlCron::checked);

    static final YamlFormat<String> PATH = text("a path without '..'", ".", YamlFormat::path);

    static final YamlFormat<String> RELATIVE_PATH = text(
            "a path within the repository, without '..'",
            ".",
            written -> path(written).filter(path -> !path.startsWith("/")));

    static final YamlFormat<Object> PARAMETER =
            new YamlFormat<>("text, a number, true or false", "", YamlFormat::parameter);

    /** Reads a value; a wrong one becomes a problem and is replaced by the stand-in. */
    T read(YamlNode node, Problems problems) {
        try {
            var read = node instanceof YamlScalar scalar ? reading.apply(scalar) : Optional.<T>empty();
            return read.orElseGet(() -> wrong(node, problems, node.shown() + " is not " + expected));
        } catch (PawlException e) {
            return wrong(node, problems, e.text());
        }
    }

    private T wrong(YamlNode node, Problems problems, String text) {
        problems.add(node.place(), text);
        return standIn;
    }

    <R> YamlFormat<R> map(Function<T, R> mapping) {
        return new YamlFormat<>(
                expected,
                mapping.apply(standIn),
                scalar -> reading.apply(scalar).map(mapping));
    }

    /** A name that is seen beyond the pipeline: in addresses, paths and tables. */
    static <T> YamlFormat<T> lowerName(Function<String, T> constructor) {
        return typed(LOWER_NAME_RULE, constructor);
    }

    /** A name within the pipeline. */
    static YamlFormat<String> nameOf(String what) {
        return text("a name of " + what + NAME_RULE, "stand-in", matches(NAME));
    }

    /** What has a constructor that refuses wrong text. */
    private static <T> YamlFormat<T> typed(String expected, Function<String, T> constructor) {
        return new YamlFormat<>(
                expected,
                constructor.apply("stand-in"),
                scalar -> writtenText(scalar).flatMap(text -> accepted(text, constructor)));
    }

    private static <T> Optional<T> accepted(String text, Function<String, T> constructor) {
        try {
            return Optional.of(constructor.apply(text));
        } catch (PawlException _) {
            return Optional.empty();
        }
    }

    static YamlFormat<Integer> whole(int min, int max) {
        String expected = max == Integer.MAX_VALUE
                ? "a whole number, at least " + min
                : "a whole number from " + min + " to " + max;
        return new YamlFormat<>(
                expected,
                min,
                scalar -> scalar.number()
                        .flatMap(YamlScalar::whole)
                        .filter(whole -> whole >= min && whole <= max)
                        .map(Long::intValue));
    }

    static YamlFormat<String> oneOf(List<String> words) {
        return text(
                "one of " + String.join(", ", words),
                words.getFirst(),
                written -> Optional.of(written).filter(words::contains));
    }

    /** A constant of an enum, in lower case. */
    static <E extends Enum<E>> YamlFormat<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        var words = Arrays.stream(constants).map(YamlFormat::word).toList();
        return new YamlFormat<>(
                "one of " + String.join(", ", words),
                constants[0],
                scalar -> writtenText(scalar).filter(words::contains).map(word -> constants[words.indexOf(word)]));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static YamlFormat<String> text(String expected, String standIn, Function<String, Optional<String>> reading) {
        return new YamlFormat<>(expected, standIn, scalar -> writtenText(scalar).flatMap(reading));
    }

    static <T> YamlFormat<T> matching(String expected, String pattern, T standIn, Function<MatchResult, T> reading) {
        var compiled = Pattern.compile(pattern);
        return new YamlFormat<>(
                expected,
                standIn,
                scalar -> writtenText(scalar).flatMap(text -> {
                    var matcher = compiled.matcher(text);
                    return matcher.matches() ? Optional.of(reading.apply(matcher)) : Optional.empty();
                }));
    }

    static Function<String, Optional<String>> matches(String pattern) {
        return written -> Optional.of(written).filter(Pattern.compile(pattern).asMatchPredicate());
    }

    private static Optional<String> writtenText(YamlScalar scalar) {
        return Optional.of(scalar.text())
                .filter(text -> scalar.type() == YamlScalar.Type.TEXT && !text.isBlank() && text.indexOf('\0') < 0);
    }

    private static Optional<String> writtenVariable(YamlScalar scalar) {
        return Optional.of(scalar.text())
                .filter(text -> scalar.type() != YamlScalar.Type.NOTHING && text.indexOf('\0') < 0);
    }

    private static Optional<Object> parameter(YamlScalar scalar) {
        boolean beyondJson =
                scalar.type() == YamlScalar.Type.NUMBER && scalar.number().isEmpty();
        return scalar.content().filter(content -> !beyondJson);
    }

    private static Optional<Boolean> truth(YamlScalar scalar) {
        return scalar.type() == YamlScalar.Type.TRUTH ? Optional.of(Boolean.valueOf(scalar.text())) : Optional.empty();
    }

    private static Optional<Double> positiveNumber(YamlScalar scalar) {
        return scalar.number().map(BigDecimal::doubleValue).filter(number -> number > 0);
    }

    private static Duration duration(MatchResult match) {
        long count = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static long bytes(MatchResult match) {
        long kilo = 1024;
        long unit = switch (match.group(2)) {
            case "KB" -> kilo;
            case "MB" -> kilo * kilo;
            case "GB" -> kilo * kilo * kilo;
            default -> kilo * kilo * kilo * kilo;
        };
        return Long.parseLong(match.group(1)) * unit;
    }

    private static Duration budget(MatchResult match) {
        int units = match.group(2) == null ? 1 : Integer.parseInt(match.group(2));
        long days = switch (match.group(3)) {
            case "day" -> 1;
            case "week" -> 7;
            case "month" -> 30;
            default -> 365;
        };
        return Duration.ofDays(days * units).dividedBy(Integer.parseInt(match.group(1)));
    }

    private static Optional<String> path(String written) {
        try {
            boolean climbs = Arrays.asList(written.split("/")).contains("..");
            return Optional.of(written)
                    .filter(path -> !climbs && !Path.of(path).toString().isEmpty());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
