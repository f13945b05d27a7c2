package dev.pawl.delivery;

import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The REST API of stages 3 and 5. Whoever serves it turns a {@link PawlException} into a response. */
public final class DeliveryRoutes implements HttpService {
    private static final int MOST_BODY = 16 * 1024;
    private static final String ANONYMOUS = "api";

    private final Delivery delivery;

    public DeliveryRoutes(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/projects/{project}/environments", this::environments)
                .get("/api/projects/{project}/deployments", this::deployments)
                .post("/api/projects/{project}/environments/{environment}/deployment", this::promote)
                .get("/api/models/{model}/gates", this::gates)
                .get("/api/models/{model}/champions", this::champions)
                .post("/api/models/{model}/rollback", this::rollback);
    }

    private void environments(ServerRequest request, ServerResponse response) {
        send(response, Map.of("environments", delivery.environments(project(request))));
    }

    private void deployments(ServerRequest request, ServerResponse response) {
        send(response, Map.of("deployments", delivery.deployments(project(request))));
    }

    private void promote(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = body(request, Set.of("package", "by"));
        EnvironmentName environment = new EnvironmentName(path(request, "environment"));
        send(
                response,
                delivery.promote(
                        project(request),
                        required(body, "package"),
                        environment,
                        optional(body, "by").orElse(ANONYMOUS)));
    }

    private void gates(ServerRequest request, ServerResponse response) {
        ModelName model = model(request);
        Optional<Integer> version = request.query().contains("version")
                ? Optional.of(number(request.query().get("version")))
                : Optional.empty();
        Optional<GateReport> report = version.isPresent()
                ? delivery.gates(new ModelVersion(model, version.orElseThrow()))
                : delivery.gates(model);
        send(
                response,
                report.orElseThrow(() -> PawlException.notFound(
                        "no-version",
                        "No %s of model '%s' has come to the gates"
                                .formatted(
                                        version.map(number -> "version " + number)
                                                .orElse("version"),
                                        model))));
    }

    private void champions(ServerRequest request, ServerResponse response) {
        send(response, Map.of("champions", delivery.champions(model(request))));
    }

    private void rollback(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = body(request, Set.of("reason", "by"));
        send(
                response,
                delivery.rollback(model(request), optional(body, "by").orElse(ANONYMOUS), required(body, "reason")));
    }

    private static Map<String, Object> body(ServerRequest request, Set<String> keys) {
        Map<String, Object> body = Json.map(text(request));
        body.keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw PawlException.user(
                    "bad-body", "The body has an unknown key '%s'; it may have %s".formatted(key, keys));
        });
        return body;
    }

    private static String text(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(MOST_BODY + 1);
            if (body.length > MOST_BODY) {
                throw PawlException.limit("body-too-large", "The body has more than %d bytes".formatted(MOST_BODY));
            }
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw PawlException.external("no-body", "The body could not be read: " + e.getMessage(), e);
        }
    }

    private static String required(Map<String, Object> body, String key) {
        return optional(body, key)
                .orElseThrow(() -> PawlException.user(
                        "bad-body", "The body must be a JSON object with a text '%s'".formatted(key)));
    }

    private static Optional<String> optional(Map<String, Object> body, String key) {
        return Optional.ofNullable(body.get(key)).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw PawlException.user("bad-body", "'%s' in the body must be a text".formatted(key));
        });
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw PawlException.user("bad-name", "A model version is a number, not '%s'".formatted(text));
        }
    }

    private static ProjectName project(ServerRequest request) {
        return new ProjectName(path(request, "project"));
    }

    private static ModelName model(ServerRequest request) {
        return new ModelName(path(request, "model"));
    }

    private static String path(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    private static void send(ServerResponse response, Object body) {
        response.header("Content-Type", "application/json").send(Json.write(body));
    }
}
