package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which moment's data a run of this machine sees. */
final class AsOf {
    @Option(names = "--as-of", description = "See the data as it was known then, a date or an instant (default: now).")
    private @Nullable String asOf;

    Instant moment() {
        return asOf == null ? Clock.system().now() : moment("--as-of", asOf);
    }

    /** @param name by which whoever wrote the text knows it */
    static Instant moment(String name, String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw PawlException.user(
                    "bad-date",
                    name + " wants a date (1971-01-31) or an instant (1971-01-31T06:00:00Z), not '" + text + "'");
        }
    }
}
