package dev.pawl.trigger;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON object that somebody sent, read strictly: what is wrong with it is said by key. */
record RequestBody(Map<String, Object> values) {
    private static final int DATE_LENGTH = "1971-01-15".length();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,6})(m|h|d|w)");
    private static final int DAYS_OF_WEEK = 7;

    /** @param keys that it may have; an empty body has none */
    static RequestBody read(String text, List<String> keys) {
        Map<String, Object> values = text.isBlank() ? Map.of() : Json.map(text);
        values.keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw bad("Unknown key '" + key + "': the body may have " + String.join(", ", keys));
        });
        return new RequestBody(values);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw bad(key + " must be text, not " + value);
        });
    }

    /** A moment in event time; a date stands for its first instant in UTC. */
    Optional<Instant> moment(String key) {
        return text(key).map(text -> moment(key, text));
    }

    /** A time span like 7d, with m, h, d or w. */
    Optional<Duration> interval(String key) {
        return text(key).map(text -> {
            Matcher matcher = INTERVAL.matcher(text);
            if (!matcher.matches()) {
                throw bad(key + " must be a number with m, h, d or w, like 7d, not '" + text + "'");
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "w" -> Duration.ofDays(count * DAYS_OF_WEEK);
                default -> Duration.ofDays(count);
            };
        });
    }

    Optional<Integer> whole(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> {
            if (value instanceof Integer number) {
                return number;
            }
            throw bad(key + " must be a whole number, not " + value);
        });
    }

    /** @param value of the key, which the body must have */
    <T> T required(String key, Optional<T> value) {
        return value.orElseThrow(() -> bad("The body must have '" + key + "'"));
    }

    private static Instant moment(String key, String text) {
        try {
            Instant moment = text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
                throw badMoment(key, text);
            }
            return moment;
        } catch (DateTimeException e) {
            throw badMoment(key, text);
        }
    }

    private static PawlException badMoment(String key, String text) {
        return bad(key
                + " must be a date like 1971-01-15 or an instant like 1971-01-15T08:00:00Z, in the years 1 to 9999,"
                + " not '"
                + text + "'");
    }

    private static PawlException bad(String text) {
        return PawlException.user("bad-request", text);
    }
}
