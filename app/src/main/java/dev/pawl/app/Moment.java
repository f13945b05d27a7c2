package dev.pawl.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.TypeConversionException;

/** Moments as they are typed. */
final class Moment {
    private Moment() {}

    /** A date stands for its first instant in UTC. */
    static Instant parse(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "a date (1971-01-31) or an instant (1971-01-31T06:00:00Z) is wanted, not '" + text + "'");
        }
    }
}
