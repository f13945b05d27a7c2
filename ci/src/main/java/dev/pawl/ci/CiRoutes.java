package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** CI over REST: {@code /api/ci} and {@code /api/packages}. To be registered at the root. */
public final class CiRoutes implements HttpService {
    private static final int LIMIT = 50;
    private static final int HIGHEST_LIMIT = 1_000;

    /** Whether a piece of a log is the last one; as with the logs of steps. */
    private static final HeaderName OVER = HeaderNames.create("Pawl-Over");

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
                .post(
                        "/api/ci/{id}/cancel",
                        (request, response) -> send(response, Map.of("run", ci.cancel(id(request)))))
                .post("/api/ci/{id}/rerun", this::rerun)
                .get(
                        "/api/packages",
                        (request, response) ->
                                send(response, Map.of("packages", ci.packages(project(request), limit(request)))))
                .get(
                        "/api/packages/{digest}",
                        (request, response) -> send(response, ci.packageOf(new Digest(parameter(request, "digest")))));
        new CiReportRoutes(ci).routing(rules);
    }

    private void run(ServerRequest request, ServerResponse response) {
        CiRunId id = id(request);
        CiRun run = ci.run(id);
        List<CiCheck> checks = ci.checks(id);
        Map<String, String> lines = new TreeMap<>();
        checks.forEach(check -> ci.logs().lastLine(id, check).ifPresent(line -> lines.put(check.name(), line)));
        send(response, Map.of("run", run, "checks", checks, "lines", lines));
    }

    private void rerun(ServerRequest request, ServerResponse response) {
        boolean failedOnly = request.query().first("failed").orElse("false").equals("true");
        response.status(Status.CREATED_201);
        send(response, Map.of("run", ci.rerun(id(request), failedOnly)));
    }

    private static CiRunId id(ServerRequest request) {
        return new CiRunId(parameter(request, "id"));
    }

    /** The whole, or with {@code from} a piece: its headers say whether more comes. */
    private void log(ServerRequest request, ServerResponse response) {
        CiRunId id = id(request);
        CiCheck check = ci.check(id, parameter(request, "check"));
        if (check.state() != CiCheck.State.RUNNING && check.log().isEmpty()) {
            throw PawlException.notFound("no-log", "Check '%s' of CI run %s has no log".formatted(check.name(), id));
        }
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        Optional<String> from = request.query().first("from").asOptional();
        if (from.isPresent()) {
            CheckLogs.Piece piece = ci.logs().read(id, check, bytes(from.get()));
            response.header(OVER, String.valueOf(piece.over()));
            response.send(piece.text());
        } else {
            response.send(whole(id, check));
        }
    }

    /** Logs are bounded. */
    private byte[] whole(CiRunId id, CiCheck check) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        CheckLogs.Piece piece;
        do {
            piece = ci.logs().read(id, check, all.size());
            all.writeBytes(piece.text());
        } while (!piece.over() && piece.text().length > 0);
        return all.toByteArray();
    }

    private static long bytes(String text) {
        if (!text.matches("[0-9]{1,12}")) {
            throw PawlException.user("bad-query", "'from' must be a number of bytes, not '" + text + "'");
        }
        return Long.parseLong(text);
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
