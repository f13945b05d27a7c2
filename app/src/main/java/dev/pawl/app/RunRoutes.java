package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Differences;
import dev.pawl.pipeline.Orchestrator;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;

/**
 * The orchestrator's runs: {@code GET /api/runs}, {@code GET /api/runs/ID}, {@code DELETE /api/runs/ID} to cancel one, {@code POST
 * /api/runs/ID/resume} to go on with one that stopped, {@code .../reproduce} to make one again, {@code GET .../differences?from=ID}.
 */
record RunRoutes(Orchestrator orchestrator) implements HttpService {
    private static final int MOST_RUNS = 200;

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/runs", this::runs)
                .get("/api/runs/{run}", this::run)
                .delete("/api/runs/{run}", this::cancel)
                .post("/api/runs/{run}/resume", this::resume)
                .post("/api/runs/{run}/reproduce", this::reproduce)
                .get("/api/runs/{run}/differences", this::differences);
    }

    private void runs(ServerRequest request, ServerResponse response) {
        Optional<ProjectName> project =
                request.query().first("project").asOptional().map(ProjectName::new);
        RingRoutes.send(response, Map.of("runs", orchestrator.runs(project, Optional.empty(), MOST_RUNS)));
    }

    private void run(ServerRequest request, ServerResponse response) {
        RunId id = id(request);
        RingRoutes.send(
                response,
                Map.of(
                        "run", orchestrator.run(id),
                        "data", orchestrator.snapshots(id),
                        "steps", orchestrator.steps(id),
                        "items", orchestrator.runs().itemCounts(id),
                        "metrics", orchestrator.metrics(id)));
    }

    private void cancel(ServerRequest request, ServerResponse response) {
        RunId id = id(request);
        boolean cancelled = orchestrator.cancel(id, "cancelled over the API");
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

    private void differences(ServerRequest request, ServerResponse response) {
        RunId earlier = request.query()
                .first("from")
                .asOptional()
                .map(orchestrator.runs()::named)
                .orElseThrow(() -> PawlException.user("bad-query", "'from' must name the run to compare with"));
        RingRoutes.send(response, Differences.between(orchestrator.runs(), earlier, id(request)));
    }

    private RunId id(ServerRequest request) {
        return orchestrator.runs().named(request.path().pathParameters().get("run"));
    }
}
