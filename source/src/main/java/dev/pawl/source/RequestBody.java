package dev.pawl.source;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small JSON object that somebody sent, read strictly. */
record RequestBody(Map<String, Object> values) {
    private static final int MOST_BYTES = 32 * 1024;
    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    /** @param keys that it may have; an empty body has none */
    static RequestBody read(InputStream in, Set<String> keys) {
        try (in) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw PawlException.limit("body-too-large", "The body has more than %,d bytes".formatted(MOST_BYTES));
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            Map<String, Object> values = text.isBlank() ? Map.of() : Json.map(text);
            values.keySet().stream()
                    .filter(key -> !keys.contains(key))
                    .findFirst()
                    .ifPresent(key -> {
                        throw bad("Unknown key '%s': the body may have %s"
                                .formatted(key, keys.stream().sorted().toList()));
                    });
            return new RequestBody(values);
        } catch (IOException e) {
            throw PawlException.external("no-body", "The body could not be read: " + e.getMessage(), e);
        }
    }

    String required(String key) {
        return text(key).orElseThrow(() -> bad("The body must be a JSON object with a text '%s'".formatted(key)));
    }

    Optional<String> text(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw bad("%s must be text, not %s".formatted(key, other));
        };
    }

    Optional<Boolean> flag(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            case Object other -> throw bad("%s must be true or false, not %s".formatted(key, other));
        };
    }

    Optional<Integer> number(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Integer number -> Optional.of(number);
            case Object other -> throw bad("%s must be a whole number, not %s".formatted(key, other));
        };
    }

    Optional<Duration> interval(String key) {
        return text(key).map(text -> {
            Matcher parts = INTERVAL.matcher(text);
            if (!parts.matches()) {
                throw bad("%s wants a number with s, m, h or d, like 1m, not '%s'".formatted(key, text));
            }
            long number = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case String _ -> Duration.ofDays(number);
            };
        });
    }

    private static PawlException bad(String text) {
        return PawlException.user("bad-request", text);
    }
}
