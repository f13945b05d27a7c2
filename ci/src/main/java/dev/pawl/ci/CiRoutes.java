package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** CI over REST: {@code /api/ci} and {@code /api/packages}. To be registered at the root. */
public final class CiRoutes implements HttpService {
    private static final int LIMIT = 50;
    private static final int HIGHEST_LIMIT = 1_000;

    private final Ci ci;

    public CiRoutes(Ci ci) {
        this.ci = ci;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                        "/api/ci",
                        (request, response) ->
                                send(response, Map.of("runs", ci.runs(project(request), limit(request)))))
                .get("/api/ci/{id}", this::run)
                .get("/api/ci/{id}/log/{check}", this::log)
                .get(
                        "/api/packages",
                        (request, response) ->
                                send(response, Map.of("packages", ci.packages(project(request), limit(request)))))
                .get(
                        "/api/packages/{digest}",
                        (request, response) -> send(response, ci.packageOf(new Digest(parameter(request, "digest")))));
    }

    private void run(ServerRequest request, ServerResponse response) {
        CiRunId id = new CiRunId(parameter(request, "id"));
        send(response, Map.of("run", ci.run(id), "checks", ci.checks(id)));
    }

    private void log(ServerRequest request, ServerResponse response) {
        String log = ci.log(new CiRunId(parameter(request, "id")), parameter(request, "check"));
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.send(log.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<ProjectName> project(ServerRequest request) {
        return request.query().first("project").map(ProjectName::new);
    }

    private static int limit(ServerRequest request) {
        String text = request.query().first("limit").orElse(String.valueOf(LIMIT));
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > HIGHEST_LIMIT) {
            throw PawlException.user("bad-limit", "limit must be a number from 1 to " + HIGHEST_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    private static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }
}
