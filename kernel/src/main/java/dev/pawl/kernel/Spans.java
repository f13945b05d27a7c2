package dev.pawl.kernel;

import java.math.BigDecimal;
import java.time.Duration;

/** Spans of time as people read them. */
public final class Spans {
    private static final int SECONDS_SHOWN_FINELY = 60;
    private static final int MILLIS_DIGITS = 3;

    private Spans() {}

    /** Such as {@code 0.3 s}, {@code 4 min 05 s} or {@code 2 h 11 min}. */
    public static String text(Duration span) {
        if (span.toSeconds() < SECONDS_SHOWN_FINELY) {
            return "%.1f s".formatted(span.toMillis() / 1e3);
        }
        return span.toHours() == 0
                ? "%d min %02d s".formatted(span.toMinutes(), span.toSecondsPart())
                : "%d h %02d min".formatted(span.toHours(), span.toMinutesPart());
    }

    /** One that somebody stated, without what is nothing: {@code 1 s}, {@code 1.5 s}, {@code 1 min 30 s} or {@code 2 h}. */
    public static String whole(Duration span) {
        String seconds = BigDecimal.valueOf(span.toSecondsPart())
                .add(BigDecimal.valueOf(span.toMillisPart(), MILLIS_DIGITS))
                .stripTrailingZeros()
                .toPlainString();
        String text = part(span.toHours(), "h") + part(span.toMinutesPart(), "min");
        return (seconds.equals("0") && !text.isEmpty() ? text : text + seconds + " s").strip();
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + " " + unit + " ";
    }
}
