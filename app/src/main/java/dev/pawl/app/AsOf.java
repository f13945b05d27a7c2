package dev.pawl.app;

import dev.pawl.kernel.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which moment's data a run of this machine sees. */
final class AsOf {
    @Option(names = "--as-of", description = "See the data as it was known then, a date or an instant (default: now).")
    private @Nullable Instant asOf;

    /** If somebody has said so. */
    Optional<Instant> given() {
        return Optional.ofNullable(asOf);
    }

    Instant moment() {
        return asOf == null ? Clock.system().now() : asOf;
    }
}
