package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Collector;
import dev.pawl.pipeline.KeepPolicy;
import dev.pawl.pipeline.Runs;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Garbage collection: {@code POST /api/gc} with {@code dry_run}, {@code keep_days}, {@code keep_last} and {@code grace_minutes}, all
 * optional; {@code POST} and {@code DELETE /api/runs/ID/pin}.
 */
record CollectionRoutes(Collector collector, Runs runs) implements HttpService {
    private static final int LARGEST_BODY = 4_096;
    private static final Set<String> KEYS = Set.of("dry_run", "keep_days", "keep_last", "grace_minutes");

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/gc", this::collect)
                .post("/api/runs/{run}/pin", (request, response) -> pin(request, response, true))
                .delete("/api/runs/{run}/pin", (request, response) -> pin(request, response, false));
    }

    private void collect(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = body(request);
        KeepPolicy usual = KeepPolicy.USUAL;
        KeepPolicy policy = new KeepPolicy(
                Duration.ofDays(number(body, "keep_days", usual.runs().toDays())),
                Math.toIntExact(number(body, "keep_last", usual.last())),
                Duration.ofMinutes(number(body, "grace_minutes", usual.grace().toMinutes())));
        RingRoutes.send(response, collector.collect(policy, flag(body, "dry_run")));
    }

    private void pin(ServerRequest request, ServerResponse response, boolean pinned) {
        RunId run = runs.named(request.path().pathParameters().get("run"));
        collector.pin(run, pinned);
        RingRoutes.send(response, Map.of("run", run, "pinned", pinned));
    }

    private static Map<String, Object> body(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            String text = new String(in.readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
            Map<String, Object> body = text.isBlank() ? Map.of() : Json.map(text);
            body.keySet().stream()
                    .filter(key -> !KEYS.contains(key))
                    .findFirst()
                    .ifPresent(key -> {
                        throw bad("Unknown key '" + key + "': the body may have "
                                + KEYS.stream().sorted().toList());
                    });
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Map<String, Object> body, String key, long otherwise) {
        return switch (body.get(key)) {
            case null -> otherwise;
            case Integer number when number >= 0 -> number;
            case Object other -> throw bad(key + " must be a whole number from 0 on, not " + other);
        };
    }

    private static boolean flag(Map<String, Object> body, String key) {
        return switch (body.get(key)) {
            case null -> false;
            case Boolean flag -> flag;
            case Object other -> throw bad(key + " must be true or false, not " + other);
        };
    }

    private static PawlException bad(String text) {
        return PawlException.user("bad-request", text);
    }
}
