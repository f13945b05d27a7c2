package dev.pawl.registry;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The registry over HTTP: {@code GET /api/models}, {@code /api/models/{model}}, {@code .../versions/{number}}. */
public final class RegistryRoutes implements HttpService {
    private final Registry registry;

    public RegistryRoutes(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/models", this::models)
                .get("/api/models/{model}", this::model)
                .get("/api/models/{model}/versions/{number}", this::version);
    }

    private void models(ServerRequest request, ServerResponse response) {
        send(
                response,
                Map.of(
                        "models",
                        registry.models().stream().map(RegistryRoutes::json).toList()));
    }

    private void model(ServerRequest request, ServerResponse response) {
        ModelName name = new ModelName(request.path().pathParameters().get("model"));
        RegisteredModel model = registry.models().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> noModel(name));
        Map<String, Object> json = json(model);
        List<RegisteredVersion> versions = registry.versions(name, Registry.MOST_VERSIONS);
        json.put("newest", versions.stream().map(RegistryRoutes::json).toList());
        send(response, json);
    }

    private void version(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        send(
                response,
                json(registry.version(new ModelVersion(new ModelName(path.get("model")), number(path.get("number"))))));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw PawlException.user("bad-name", "A model version is a number from 1 up, not '" + text + "'");
        }
    }

    private static Map<String, Object> json(RegisteredModel model) {
        Map<String, Object> json = new TreeMap<>();
        json.put("name", model.name());
        json.put("project", model.project());
        json.put("environment", model.environment());
        json.put("versions", model.versions());
        json.put("champion", numberOf(model.champion()));
        json.put("previous", numberOf(model.previous()));
        return json;
    }

    private static Optional<Integer> numberOf(Optional<ModelVersion> version) {
        return version.map(ModelVersion::number);
    }

    private static Map<String, Object> json(RegisteredVersion it) {
        Map<String, Object> json = new TreeMap<>();
        json.put("model", it.version().model());
        json.put("version", it.version().number());
        json.put("project", it.project());
        json.put("environment", it.environment());
        json.put("state", it.state());
        json.put("because", it.because());
        json.put("run", it.run());
        json.put("as_of", it.asOf());
        json.put("artifact", it.artifact());
        json.put("holdout", it.holdout());
        json.put("package", it.packageDigest());
        json.put("definition", it.definition());
        json.put("outputs", it.outputs());
        json.put("created", it.created());
        return json;
    }

    private PawlException noModel(ModelName name) {
        return PawlException.notFound(
                "no-model",
                "There is no model '%s'; the registry has %s"
                        .formatted(
                                name,
                                registry.models().stream()
                                        .map(RegisteredModel::name)
                                        .toList()));
    }

    private static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.write(body));
    }
}
