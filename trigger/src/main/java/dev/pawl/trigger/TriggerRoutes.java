package dev.pawl.trigger;

import dev.pawl.definition.TriggerRule;
import dev.pawl.definition.TriggerRule.OnDecay;
import dev.pawl.definition.TriggerRule.OnNewData;
import dev.pawl.definition.TriggerRule.OnSchedule;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Triggers over HTTP: {@code POST /api/projects/{project}/environments/{environment}/runs} and {@code GET
 * /api/projects/{project}/triggers}.
 */
public final class TriggerRoutes implements HttpService {
    private static final int LARGEST_BODY = 64 * 1024;

    private final Trigger trigger;

    public TriggerRoutes(Trigger trigger) {
        this.trigger = trigger;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/projects/{project}/environments/{environment}/runs", this::request)
                .get("/api/projects/{project}/triggers", this::triggers);
    }

    private void request(ServerRequest request, ServerResponse response) {
        RequestBody body = RequestBody.read(read(request), List.of("as_of", "reason"));
        var path = request.path().pathParameters();
        Answer answer = trigger.request(
                new ProjectName(path.get("project")),
                new EnvironmentName(path.get("environment")),
                body.moment("as_of"),
                body.text("reason").orElse("asked for over HTTP"));
        send(response, Map.of("run", answer.run(), "merged", answer.merged(), "as_of", answer.asOf()));
    }

    private void triggers(ServerRequest request, ServerResponse response) {
        ProjectName project = new ProjectName(request.path().pathParameters().get("project"));
        List<Map<String, Object>> environments =
                trigger.triggers(project).stream().map(TriggerRoutes::json).toList();
        send(response, Map.of("project", project, "environments", environments));
    }

    private static Map<String, Object> json(Triggers it) {
        Map<String, Object> json = new TreeMap<>();
        json.put("environment", it.pipeline().environment());
        json.put("package", it.pipeline().packageDigest());
        json.put("definition", it.pipeline().definition());
        json.put("deployed_at", it.pipeline().deployedAt());
        json.put("rules", it.rules().stream().map(TriggerRoutes::json).toList());
        json.put("event_time", it.eventTime());
        json.put("open_run", it.openRun());
        json.put("last_run", it.lastRun());
        json.put("last_as_of", it.lastAsOf());
        json.put("last_trigger", it.lastReason().map(Fact.Reason::trigger));
        json.put("last_reason", it.lastReason().map(Fact.Reason::text));
        return json;
    }

    private static Map<String, Object> json(TriggerRule rule) {
        Map<String, Object> json = new TreeMap<>();
        json.put("cooldown", rule.cooldown().toString());
        switch (rule) {
            case OnSchedule schedule -> {
                json.put("on", "schedule");
                json.put("cron", schedule.cron());
            }
            case OnNewData data -> {
                json.put("on", "new-data");
                json.put("of", data.source());
                json.put("at_least", data.atLeastRows());
            }
            case OnDecay _ -> json.put("on", "decay");
        }
        return json;
    }

    static String read(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw PawlException.limit("body-too-large", "The body may have " + LARGEST_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.write(body));
    }
}
