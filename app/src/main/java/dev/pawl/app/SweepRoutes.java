package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiPackage;
import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.experiment.SourceState;
import dev.pawl.experiment.StartedSweep;
import dev.pawl.experiment.Sweeps;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.SweepId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.trigger.DeployedPipeline;
import dev.pawl.trigger.Trigger;
import dev.pawl.trigger.Triggers;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sweeps of a deployed pipeline: {@code POST /api/projects/P/environments/E/sweeps} with {@code name}, {@code as_of} and {@code
 * trials}, {@code GET /api/sweeps}, {@code GET /api/sweeps/ID}, and {@code POST} to {@code cancel} and {@code resume} below it.
 */
record SweepRoutes(Sweeps sweeps, Trigger trigger, Definitions definitions, Ci ci, Clock clock) implements HttpService {
    /** So many are in a list. */
    static final int MOST_SWEEPS = 200;

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/projects/{project}/environments/{environment}/sweeps", this::begin)
                .get("/api/sweeps", this::list)
                .get("/api/sweeps/{id}", (request, response) -> send(response, id(request)))
                .post("/api/sweeps/{id}/cancel", this::cancel)
                .post("/api/sweeps/{id}/resume", this::resume);
    }

    private void begin(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        JsonBody body = JsonBody.read(request, Set.of("name", "as_of", "trials"));
        String name = body.text("name")
                .orElseThrow(() -> PawlException.user("bad-request", "The body must have 'name': which sweep to do"));
        Prepared deployed =
                deployed(new ProjectName(path.get("project")), new EnvironmentName(path.get("environment")));
        send(response, sweeps.begin(deployed, name, body.moment("as_of").orElse(clock.now()), body.number("trials")));
    }

    /** The trials run what is deployed now, whatever is deployed later. */
    private Prepared deployed(ProjectName project, EnvironmentName environment) {
        DeployedPipeline pipeline = trigger.triggers(project).stream()
                .map(Triggers::pipeline)
                .filter(deployed -> deployed.environment().equals(environment))
                .findFirst()
                .orElseThrow(() -> PawlException.notFound(
                        "not-deployed",
                        "No pipeline of '%s' is deployed in '%s', so there is nothing to search in"
                                .formatted(project, environment)));
        return new Prepared(
                Path.of(""),
                pipeline.packageDigest(),
                pipeline.definition(),
                definitions.get(pipeline.definition()),
                new SourceState(ci.findPackage(pipeline.packageDigest()).map(CiPackage::commit), Optional.empty()),
                Variation.NONE);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Optional<ProjectName> project =
                request.query().first("project").asOptional().map(ProjectName::new);
        RingRoutes.send(
                response,
                Map.of(
                        "sweeps",
                        sweeps.past().newest(project, MOST_SWEEPS).stream()
                                .map(StartedSweep::id)
                                .map(id -> SweepView.of(sweeps.past(), id).withoutTrials())
                                .toList()));
    }

    private void cancel(ServerRequest request, ServerResponse response) {
        JsonBody body = JsonBody.read(request, Set.of("reason"));
        sweeps.stop(id(request), body.text("reason").orElse("the sweep was cancelled over the API"));
        send(response, id(request));
    }

    private void resume(ServerRequest request, ServerResponse response) {
        sweeps.resume(id(request));
        send(response, id(request));
    }

    private void send(ServerResponse response, SweepId id) {
        RingRoutes.send(response, SweepView.of(sweeps.past(), id));
    }

    private static SweepId id(ServerRequest request) {
        return new SweepId(request.path().pathParameters().get("id"));
    }
}
