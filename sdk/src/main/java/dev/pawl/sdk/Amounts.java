package dev.pawl.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, memory and names as pawl.yaml writes them. */
final class Amounts {
    /** Of what is known beyond the pipeline. */
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private static final Pattern DURATION = Pattern.compile("(0|[1-9][0-9]{0,5})(ms|s|m|h|d)");
    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,5}(KB|MB|GB|TB)");

    private Amounts() {}

    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    static boolean isMemory(String text) {
        return MEMORY.matcher(text).matches();
    }
}
