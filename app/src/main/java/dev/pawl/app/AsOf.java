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
        if (asOf == null) {
            return Clock.system().now();
        }
        try {
            return asOf.indexOf('T') < 0
                    ? LocalDate.parse(asOf).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(asOf);
        } catch (DateTimeException e) {
            throw PawlException.user(
                    "bad-date",
                    "--as-of wants a date (1971-01-31) or an instant (1971-01-31T06:00:00Z), not '" + asOf + "'");
        }
    }
}
