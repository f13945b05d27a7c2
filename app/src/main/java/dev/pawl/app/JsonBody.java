package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;

/** A small JSON object that somebody sent, read strictly: what is wrong with it is said by key. */
record JsonBody(Map<String, Object> values) {
    private static final int LARGEST = 4_096;

    /** @param keys that it may have; an empty body has none */
    static JsonBody read(ServerRequest request, Set<String> keys) {
        try (InputStream in = request.content().inputStream()) {
            String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
            Map<String, Object> values = text.isBlank() ? Map.of() : Json.map(text);
            values.keySet().stream()
                    .filter(key -> !keys.contains(key))
                    .findFirst()
                    .ifPresent(key -> {
                        throw bad("Unknown key '" + key + "': the body may have "
                                + keys.stream().sorted().toList());
                    });
            return new JsonBody(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Integer> number(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Integer number when number >= 0 -> Optional.of(number);
            case Object other -> throw bad(key + " must be a whole number from 0 on, not " + other);
        };
    }

    boolean flag(String key) {
        return switch (values.get(key)) {
            case null -> false;
            case Boolean flag -> flag;
            case Object other -> throw bad(key + " must be true or false, not " + other);
        };
    }

    Optional<String> text(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw bad(key + " must be text, not " + other);
        };
    }

    /** A date stands for its first instant in UTC. */
    Optional<Instant> moment(String key) {
        return text(key).map(text -> {
            try {
                return Moment.parse(text);
            } catch (TypeConversionException e) {
                throw bad(key + ": " + e.getMessage());
            }
        });
    }

    private static PawlException bad(String text) {
        return PawlException.user("bad-request", text);
    }
}
