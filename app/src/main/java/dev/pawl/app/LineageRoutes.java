package dev.pawl.app;

import dev.pawl.kernel.Id;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Lineage;
import dev.pawl.registry.RegisteredVersion;
import dev.pawl.registry.Registry;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Lineage over HTTP: {@code GET /api/lineage/{what}} of a run, an artifact (its digest or the beginning of it) or a model (its champion,
 * else its newest version), and {@code /api/lineage/{model}/{version}}.
 */
record LineageRoutes(Origins origins, Registry registry) implements HttpService {
    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/lineage/{what}", this::what).get("/api/lineage/{model}/{version}", this::version);
    }

    private void what(ServerRequest request, ServerResponse response) {
        RingRoutes.send(
                response, within(request).of(request.path().pathParameters().get("what")));
    }

    private void version(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        ModelName model = new ModelName(path.get("model"));
        RingRoutes.send(
                response, within(request).of(registry.version(new ModelVersion(model, number(path.get("version"))))));
    }

    /** Of {@code ?depth=} and {@code ?most=}. */
    private LineageRoutes within(ServerRequest request) {
        Reach reach = new Reach(
                RingRoutes.number(request, "depth", Reach.ALL.depth()),
                RingRoutes.number(request, "most", Reach.ALL.most()));
        return new LineageRoutes(origins.within(reach), registry);
    }

    private LineageView of(String what) {
        if (isRun(what)) {
            return origins.run(origins.runs().named(what));
        }
        boolean model =
                registry.models().stream().anyMatch(it -> it.name().value().equals(what));
        if (model) {
            ModelName name = new ModelName(what);
            return of(registry.champion(name)
                    .orElseGet(() -> registry.versions(name, 1).getFirst()));
        }
        if (Lineage.looksLikeArtifact(what)) {
            return origins.artifact(what);
        }
        throw PawlException.notFound(
                "no-lineage",
                "'%s' is no run, no artifact and no model; the registry has the models %s"
                        .formatted(
                                what,
                                registry.models().stream().map(it -> it.name()).toList()));
    }

    static boolean isRun(String text) {
        return text.startsWith("run-") && Id.GENERATED.matcher(text).matches();
    }

    private LineageView of(RegisteredVersion version) {
        return origins.model(version.version().toString(), version.artifact(), version.run());
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw PawlException.user("bad-name", "A model version is a number from 1 up, not '" + text + "'");
        }
    }
}
