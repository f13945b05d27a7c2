package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Orchestrator;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;

/**
 * What one can have done with runs: {@code DELETE /api/runs/ID?reason=...} to cancel one, {@code POST /api/runs/ID/resume} to go on with one that
 * stopped, {@code .../reproduce} to make one again.
 */
record RunOrderRoutes(Orchestrator orchestrator) implements HttpService {
    private static final int MOST_REASON = 500;

    @Override
    public void routing(HttpRules rules) {
        rules.delete("/api/runs/{run}", this::cancel)
                .post("/api/runs/{run}/resume", this::resume)
                .post("/api/runs/{run}/reproduce", this::reproduce);
    }

    private void cancel(ServerRequest request, ServerResponse response) {
        RunId id = id(request);
        String reason = request.query().first("reason").orElse("cancelled over the API");
        if (reason.isBlank() || reason.length() > MOST_REASON) {
            throw PawlException.user("bad-query", "'reason' must have 1 to " + MOST_REASON + " characters");
        }
        boolean cancelled = orchestrator.cancel(id, reason);
        RingRoutes.send(response, Map.of("run", id, "cancelled", cancelled));
    }

    private void resume(ServerRequest request, ServerResponse response) {
        RunId earlier = id(request);
        RingRoutes.send(response, Map.of("run", orchestrator.resume(earlier), "resumes", earlier));
    }

    private void reproduce(ServerRequest request, ServerResponse response) {
        RunId earlier = id(request);
        RingRoutes.send(response, Map.of("run", orchestrator.reproduce(earlier), "reproduces", earlier));
    }

    private RunId id(ServerRequest request) {
        return orchestrator.runs().named(request.path().pathParameters().get("run"));
    }
}
