package dev.pawl.app;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Runs, to be read: {@code GET /api/runs}, {@code GET /api/runs/ID}, {@code .../graph} as SVG, {@code .../differences?from=ID}.
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
     * @param changed the files of the uncommitted change
     * @param parameters by {@code step.parameter}
     * @param data digest of each source's snapshot
     * @param items how many there are of steps that are fanned out
     */
    private record Told(
            Run run,
            Standing state,
            Optional<LineageView.Source> source,
            List<Patch.Change> changed,
            SortedMap<String, Object> parameters,
            SortedMap<String, Digest> data,
            List<RunStep> steps,
            Map<StepName, Runs.ItemCount> items,
            List<MetricPoint> metrics) {}

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/runs", this::newest)
                .get("/api/runs/{run}", this::run)
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
        RingRoutes.send(response, told(run, known.source(run)));
    }

    private Told told(Run run, Optional<LineageView.Source> source) {
        RunId id = run.spec().id();
        return new Told(
                run,
                known.standing(run),
                source,
                source.flatMap(LineageView.Source::changes)
                        .map(patch -> new Patch(artifacts.text(patch)).changes())
                        .orElse(List.of()),
                RunView.parameters(definitions.get(run.spec().definition())),
                runs.snapshots(id),
                runs.steps(id),
                runs.itemCounts(id),
                runs.metrics(id));
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
