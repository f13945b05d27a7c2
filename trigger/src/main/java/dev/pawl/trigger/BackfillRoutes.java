package dev.pawl.trigger;

import dev.pawl.kernel.BackfillId;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Backfills over HTTP: {@code POST /api/projects/{project}/environments/{environment}/backfills}, {@code GET /api/backfills},
 * {@code GET /api/backfills/{id}}, and {@code POST} to {@code pause}, {@code resume}, {@code cancel} and {@code rerun} below it.
 */
public final class BackfillRoutes implements HttpService {
    private static final List<String> KEYS = List.of("from", "to", "every", "parallel", "reason");
    private static final int USUAL_RUNS = 200;
    private static final int MOST_FAILURES = 20;

    private final Backfills backfills;

    public BackfillRoutes(Backfills backfills) {
        this.backfills = backfills;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/projects/{project}/environments/{environment}/backfills", this::begin)
                .get("/api/backfills", this::list)
                .get("/api/backfills/{id}", this::one)
                .get("/api/backfills/{id}/runs", this::runs)
                .post("/api/backfills/{id}/pause", (request, response) -> ask(request, response, backfills::pause))
                .post("/api/backfills/{id}/resume", (request, response) -> ask(request, response, backfills::resume))
                .post("/api/backfills/{id}/cancel", (request, response) -> ask(request, response, backfills::cancel))
                .post("/api/backfills/{id}/rerun", (request, response) -> ask(request, response, backfills::rerun));
    }

    private void begin(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        RequestBody body = RequestBody.read(TriggerRoutes.read(request), KEYS);
        Backfill begun = backfills.begin(
                new ProjectName(path.get("project")),
                new EnvironmentName(path.get("environment")),
                new BackfillPlan(
                        body.required("from", body.moment("from")),
                        body.required("to", body.moment("to")),
                        body.required("every", body.interval("every")),
                        body.whole("parallel").orElse(1)),
                body.text("reason").orElse("asked for over HTTP"));
        TriggerRoutes.send(response, json(begun));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Optional<ProjectName> project =
                request.query().first("project").asOptional().map(ProjectName::new);
        TriggerRoutes.send(
                response,
                Map.of(
                        "backfills",
                        backfills.newest(project, USUAL_RUNS).stream()
                                .map(BackfillRoutes::json)
                                .toList()));
    }

    private void one(ServerRequest request, ServerResponse response) {
        TriggerRoutes.send(response, withFailures(backfills.get(id(request))));
    }

    private void runs(ServerRequest request, ServerResponse response) {
        BackfillId id = backfills.get(id(request)).id(); // not found is said
        List<BackfillRun> runs = backfills.runs(id, number(request, "from", 0), number(request, "limit", USUAL_RUNS));
        TriggerRoutes.send(response, Map.of("runs", runs));
    }

    private void ask(ServerRequest request, ServerResponse response, Function<BackfillId, Backfill> what) {
        TriggerRoutes.send(response, withFailures(what.apply(id(request))));
    }

    private Map<String, Object> withFailures(Backfill it) {
        Map<String, Object> json = json(it);
        json.put("first_failures", backfills.runs(it.id(), BackfillRun.State.FAILED, MOST_FAILURES));
        json.put("under_way", backfills.runs(it.id(), BackfillRun.State.UNDER_WAY, BackfillPlan.MOST_PARALLEL));
        return json;
    }

    private static Map<String, Object> json(Backfill it) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", it.id());
        json.put("project", it.pipeline().project());
        json.put("environment", it.pipeline().environment());
        json.put("package", it.pipeline().packageDigest());
        json.put("definition", it.pipeline().definition());
        json.put("from", it.plan().from());
        json.put("to", it.plan().to());
        json.put("every", it.plan().every().toString());
        json.put("parallel", it.plan().parallel());
        json.put("reason", it.reason());
        json.put("state", it.state());
        json.put("over", it.state().isOver());
        json.put("runs", it.tally().all());
        json.put("counts", it.tally());
        json.put("created_at", it.createdAt());
        json.put("ended_at", it.endedAt());
        return json;
    }

    private static int number(ServerRequest request, String name, int otherwise) {
        String text = request.query().first(name).orElse(String.valueOf(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw PawlException.user("bad-request", name + " must be a whole number from 0 on, not '" + text + "'");
    }

    private static BackfillId id(ServerRequest request) {
        return new BackfillId(request.path().pathParameters().get("id"));
    }
}
