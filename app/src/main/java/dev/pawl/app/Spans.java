package dev.pawl.app;

import java.time.Duration;

/** Spans of time as people read them. */
final class Spans {
    private static final int SECONDS_SHOWN_FINELY = 60;

    private Spans() {}

    /** Such as {@code 0.3 s}, {@code 4 min 05 s} or {@code 2 h 11 min}. */
    static String text(Duration span) {
        if (span.toSeconds() < SECONDS_SHOWN_FINELY) {
            return "%.1f s".formatted(span.toMillis() / 1e3);
        }
        return span.toHours() == 0
                ? "%d min %02d s".formatted(span.toMinutes(), span.toSecondsPart())
                : "%d h %02d min".formatted(span.toHours(), span.toMinutesPart());
    }
}
