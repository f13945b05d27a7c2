package dev.pawl.app;

import dev.pawl.kernel.PredictionId;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;

/** {@code GET /api/trace?prediction=ID}: an id may hold slashes, so that it is no part of the path. */
record TraceRoutes(Trace trace) implements HttpService {
    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/trace", (request, response) -> {
            String id = request.query().first("prediction").orElse("");
            RingRoutes.send(response, trace.of(new PredictionId(id)));
        });
    }
}
