package dev.pawl.monitoring;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PredictionId;
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
import java.util.Optional;
import java.util.TreeMap;

/**
 * Monitoring over HTTP: {@code POST /api/models/{model}/labels}, {@code GET /api/models/{model}/windows}, {@code GET
 * /api/models/{model}/predictions} and {@code GET /api/predictions/{id}}.
 */
public final class MonitoringRoutes implements HttpService {
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    private final Monitoring monitoring;
    private final Clock clock;

    public MonitoringRoutes(Monitoring monitoring, Clock clock) {
        this.monitoring = monitoring;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/models/{model}/labels", this::labels)
                .get("/api/models/{model}/windows", this::windows)
                .get("/api/models/{model}/predictions", this::predictions)
                .get("/api/predictions/{+id}", this::prediction);
    }

    private void labels(ServerRequest request, ServerResponse response) {
        List<Label> labels = LabelJson.parse(body(request), clock.now());
        monitoring.labels(model(request), labels);
        send(response, Map.of("accepted", labels.size()));
    }

    private void windows(ServerRequest request, ServerResponse response) {
        List<Map<String, Object>> windows = monitoring.windows(model(request), Monitoring.MOST_ROWS).stream()
                .map(MonitoringRoutes::json)
                .toList();
        send(response, Map.of("summary", json(monitoring.summary(model(request))), "windows", windows));
    }

    private void predictions(ServerRequest request, ServerResponse response) {
        int limit = limit(request);
        Cursor after = query(request, "after").map(Cursor::parse).orElse(Cursor.START);
        boolean labelled = query(request, "labelled").map(Boolean::valueOf).orElse(false);
        List<LabelledPrediction> page = monitoring.page(model(request), labelled, after, limit);
        Map<String, Object> json = new TreeMap<>();
        json.put("predictions", page.stream().map(MonitoringRoutes::json).toList());
        if (page.size() == limit) {
            json.put("next", Cursor.after(page.getLast().prediction()).text());
        }
        send(response, json);
    }

    private void prediction(ServerRequest request, ServerResponse response) {
        PredictionId id = new PredictionId(request.path().pathParameters().get("id"));
        LabelledPrediction prediction = monitoring
                .prediction(id)
                .orElseThrow(() -> PawlException.notFound("no-prediction", "There is no prediction '" + id + "'"));
        Map<String, Object> json = json(prediction);
        json.put("outputs", prediction.prediction().outputs());
        json.put("logged_at", prediction.loggedAt());
        send(response, json);
    }

    private static Map<String, Object> json(LabelledPrediction it) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", it.prediction().id());
        json.put("model", it.prediction().version().model());
        json.put("version", it.prediction().version().number());
        json.put("event_time", it.prediction().eventTime());
        json.put("inputs", it.prediction().inputs());
        json.put("value", it.prediction().value());
        json.put("label", it.label());
        json.put("known_at", it.knownAt());
        return json;
    }

    private static Map<String, Object> json(LiveWindow it) {
        Map<String, Object> json = new TreeMap<>();
        json.put("version", it.version().number());
        json.put("from", it.from());
        json.put("to", it.to());
        json.put("closed_at", it.closedAt());
        json.put("state", it.state());
        json.put("metric", it.metric());
        json.put("value", it.value());
        json.put("limit", it.limit());
        json.put("predictions", it.predictions());
        json.put("labels", it.labels());
        return json;
    }

    private static Map<String, Object> json(MonitoringSummary it) {
        Map<String, Object> json = new TreeMap<>();
        json.put("champion", it.champion().map(version -> version.number()));
        json.put("metric", it.metric());
        json.put("reference", it.reference());
        json.put("limit", it.limit());
        json.put("test", it.test());
        json.put("watermark", it.watermark());
        json.put("predictions", it.predictions());
        json.put("labels", it.labels());
        json.put("rejected", it.rejected());
        return json;
    }

    private static ModelName model(ServerRequest request) {
        return new ModelName(request.path().pathParameters().get("model"));
    }

    private static int limit(ServerRequest request) {
        String text = query(request, "limit").orElse(String.valueOf(Monitoring.MOST_ROWS));
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= Monitoring.MOST_ROWS) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw badLimit(text);
        }
        throw badLimit(text);
    }

    private static PawlException badLimit(String text) {
        return PawlException.user(
                "bad-limit", "limit is a number from 1 to " + Monitoring.MOST_ROWS + ", not '" + text + "'");
    }

    private static Optional<String> query(ServerRequest request, String name) {
        return request.query().contains(name) ? Optional.of(request.query().get(name)) : Optional.empty();
    }

    private static String body(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw PawlException.limit(
                        "body-too-large", "The body may have " + LARGEST_BODY + " bytes; send fewer labels at a time");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.write(body));
    }
}
