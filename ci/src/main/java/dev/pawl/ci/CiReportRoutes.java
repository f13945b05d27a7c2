package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is told of CI runs to others: {@code GET /api/ci/{id}/report.md|html|json} and {@code GET /badges/{project}/{branch}.svg}. */
record CiReportRoutes(Ci ci) {
    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
    private static final String PICTURES_ONLY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
    private static final String ENDING = ".svg";

    void routing(HttpRules rules) {
        rules.get("/api/ci/{id}/report.md", (request, response) -> {
                    String text = new MarkdownReport(report(request), server(request)).text();
                    send(response, "text/markdown; charset=utf-8", text);
                })
                .get("/api/ci/{id}/report.html", (request, response) -> {
                    response.header(POLICY, PICTURES_ONLY);
                    send(response, "text/html; charset=utf-8", new HtmlReport(report(request), server(request)).text());
                })
                .get(
                        "/api/ci/{id}/report.json",
                        (request, response) -> send(response, "application/json", json(report(request))))
                .get("/badges/{project}/{+branch}", this::badge);
    }

    private static String json(CiReport report) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("verdict", report.verdict());
        told.put("run", report.run());
        told.put("checks", report.checks());
        told.put("failed_tests", report.badTests());
        return Json.write(told);
    }

    /** It is asked for often and has to be true: nobody keeps it. */
    private void badge(ServerRequest request, ServerResponse response) {
        ProjectName project = new ProjectName(request.path().pathParameters().get("project"));
        String branch = request.path().pathParameters().get("branch");
        String name = branch.endsWith(ENDING) ? branch.substring(0, branch.length() - ENDING.length()) : branch;
        Badge badge = ci.newest(project, name).map(run -> Badge.of(run.state())).orElse(Badge.NONE);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        send(response, "image/svg+xml", badge.svg());
    }

    private CiReport report(ServerRequest request) {
        return ci.report(new CiRunId(request.path().pathParameters().get("id")));
    }

    private static String server(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.HOST)
                .map(host -> "http://" + host + "/")
                .orElse("/");
    }

    private static void send(ServerResponse response, String type, String text) {
        response.header(HeaderNames.CONTENT_TYPE, type);
        response.send(text.getBytes(StandardCharsets.UTF_8));
    }
}
