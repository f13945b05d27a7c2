package dev.pawl.app;

import dev.pawl.experiment.SourceDifference;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Differences;
import dev.pawl.pipeline.MetricPoint;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs;
import dev.pawl.store.Artifacts;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Runs, to be read: {@code GET /api/runs}, {@code GET /api/runs/ID}, the files {@code .../changed} without a commit, its {@code .../metrics},
 * {@code .../graph} as SVG, {@code .../differences?from=ID}.
 *
 * @param known what the engine does not know by itself
 */
record RunRoutes(Runs runs, Definitions definitions, Artifacts artifacts, Known known, Clock clock)
        implements HttpService {
    /** So many are in a list. */
    static final int MOST_RUNS = 200;

    /** What is known of runs besides. */
    interface Known {
        Optional<LineageView.Source> source(Run run);

        Standing standing(Run run);
    }

    private record Listed(Run run, Standing state, Optional<LineageView.Source> source) {}

    /**
     * @param parameters by {@code step.parameter}
     * @param data digest of each source's snapshot
     * @param items how many there are of steps that are fanned out
     */
    private record Told(
            Run run,
            Standing state,
            Optional<LineageView.Source> source,
            SortedMap<String, Object> parameters,
            SortedMap<String, Digest> data,
            List<RunStep> steps,
            Map<StepName, Runs.ItemCount> items) {}

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/runs", this::newest)
                .get("/api/runs/{run}", this::run)
                .get("/api/runs/{run}/changed", this::changed)
                .get("/api/runs/{run}/metrics", this::metrics)
                .get("/api/runs/{run}/graph", this::graph)
                .get("/api/runs/{run}/differences", this::differences);
    }

    private void newest(ServerRequest request, ServerResponse response) {
        Optional<ProjectName> project =
                request.query().first("project").asOptional().map(ProjectName::new);
        RingRoutes.send(
                response,
                Map.of(
                        "runs",
                        runs.newest(project, Optional.empty(), MOST_RUNS).stream()
                                .map(run -> new Listed(run, known.standing(run), known.source(run)))
                                .toList()));
    }

    private void run(ServerRequest request, ServerResponse response) {
        Run run = asked(request);
        RunId id = run.spec().id();
        RingRoutes.send(
                response,
                new Told(
                        run,
                        known.standing(run),
                        known.source(run),
                        RunView.parameters(definitions.get(run.spec().definition())),
                        runs.snapshots(id),
                        runs.steps(id),
                        runs.itemCounts(id)));
    }

    /** The files of its uncommitted change, of a very large one those in its first part. */
    private void changed(ServerRequest request, ServerResponse response) {
        List<Patch.Change> changed = known.source(asked(request))
                .flatMap(LineageView.Source::changes)
                .map(patch -> artifacts.beginning(patch, SourceDifference.MOST_BYTES))
                .map(patch -> new Patch(new String(patch, StandardCharsets.UTF_8)).changes())
                .orElse(List.of());
        RingRoutes.send(response, Map.of("changed", changed));
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        var points = runs.metrics(asked(request).spec().id());
        RingRoutes.send(response, Map.of("last", MetricPoint.last(points), "curves", Curve.of(points)));
    }

    private void graph(ServerRequest request, ServerResponse response) {
        Run run = asked(request);
        var progress = RunProgress.of(runs, run.spec().id(), clock.now());
        var definition = definitions.get(run.spec().definition());
        response.header(HeaderNames.CONTENT_TYPE, "image/svg+xml");
        response.send(Picture.svg(PipelineGraph.of(definition, progress, known.standing(run))));
    }

    private void differences(ServerRequest request, ServerResponse response) {
        RunId earlier = request.query()
                .first("from")
                .asOptional()
                .map(runs::named)
                .orElseThrow(() -> PawlException.user("bad-query", "'from' must name the run to compare with"));
        RingRoutes.send(
                response,
                Differences.between(runs, earlier, asked(request).spec().id()));
    }

    private Run asked(ServerRequest request) {
        return runs.run(runs.named(request.path().pathParameters().get("run")));
    }
}
