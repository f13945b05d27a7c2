package dev.pawl.serving;

import dev.pawl.kernel.PawlException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The moment in the world that a prediction belongs to, as callers write it. */
final class EventTime {
    private static final int DATE_LENGTH = "1971-03-01".length();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private EventTime() {}

    /** A date, meaning its start in UTC, or an instant with its offset; kept in whole milliseconds. */
    static Instant parse(String text) {
        try {
            Instant time = text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                throw bad(text);
            }
            return time;
        } catch (DateTimeException e) {
            throw bad(text);
        }
    }

    private static PawlException bad(String text) {
        return PawlException.user(
                "bad-event-time",
                "parameter 'event_time' must be a date like 1971-03-01 or an instant like 1971-03-01T06:00:00Z, not '%s'"
                        .formatted(text.length() <= 40 ? text : text.substring(0, 40) + "..."));
    }
}
