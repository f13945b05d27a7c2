package dev.pawl.app;

import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Collector;
import dev.pawl.pipeline.KeepPolicy;
import dev.pawl.pipeline.Runs;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Garbage collection: {@code POST /api/gc} with {@code dry_run}, {@code keep_days}, {@code keep_last} and {@code grace_minutes}, all
 * optional; {@code POST} and {@code DELETE /api/runs/ID/pin}.
 */
record CollectionRoutes(Collector collector, Runs runs) implements HttpService {
    private static final Set<String> KEYS = Set.of("dry_run", "keep_days", "keep_last", "grace_minutes");

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/gc", this::collect)
                .post("/api/runs/{run}/pin", (request, response) -> pin(request, response, true))
                .delete("/api/runs/{run}/pin", (request, response) -> pin(request, response, false));
    }

    private void collect(ServerRequest request, ServerResponse response) {
        JsonBody body = JsonBody.read(request, KEYS);
        KeepPolicy usual = KeepPolicy.USUAL;
        KeepPolicy policy = new KeepPolicy(
                body.number("keep_days").map(Duration::ofDays).orElse(usual.runs()),
                body.number("keep_last").orElse(usual.last()),
                body.number("grace_minutes").map(Duration::ofMinutes).orElse(usual.grace()));
        RingRoutes.send(response, collector.collect(policy, body.flag("dry_run")));
    }

    private void pin(ServerRequest request, ServerResponse response, boolean pinned) {
        RunId run = runs.named(request.path().pathParameters().get("run"));
        collector.pin(run, pinned);
        RingRoutes.send(response, Map.of("run", run, "pinned", pinned));
    }
}
