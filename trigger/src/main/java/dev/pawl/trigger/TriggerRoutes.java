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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Triggers over HTTP: {@code POST /api/projects/{project}/environments/{environment}/runs} and {@code GET
 * /api/projects/{project}/triggers}.
 */
public final class TriggerRoutes implements HttpService {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int DATE_LENGTH = "1971-01-15".length();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Set<String> KEYS = Set.of("as_of", "reason");

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
        Map<String, Object> body = body(request);
        var path = request.path().pathParameters();
        Answer answer = trigger.request(
                new ProjectName(path.get("project")),
                new EnvironmentName(path.get("environment")),
                text(body, "as_of").map(TriggerRoutes::moment),
                text(body, "reason").orElse("asked for over HTTP"));
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

    private static Map<String, Object> body(ServerRequest request) {
        String text = read(request);
        Map<String, Object> body = text.isBlank() ? Map.of() : Json.map(text);
        body.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
            throw PawlException.user("bad-request", "Unknown key '" + key + "': the body may have as_of and reason");
        });
        return body;
    }

    private static String read(ServerRequest request) {
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

    private static Optional<String> text(Map<String, Object> body, String key) {
        return Optional.ofNullable(body.get(key)).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw PawlException.user("bad-request", key + " must be text, not " + value);
        });
    }

    private static Instant moment(String text) {
        try {
            Instant moment = text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
                throw badMoment(text);
            }
            return moment;
        } catch (DateTimeException e) {
            throw badMoment(text);
        }
    }

    private static PawlException badMoment(String text) {
        return PawlException.user(
                "bad-request",
                "as_of must be a date like 1971-01-15 or an instant like 1971-01-15T08:00:00Z, in the years 1 to 9999,"
                        + " not '" + text + "'");
    }

    private static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.write(body));
    }
}
