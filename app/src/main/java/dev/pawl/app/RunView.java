package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.experiment.Experiment;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.MetricPoint;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A run as people and programs want to see it.
 *
 * @param variation what it had otherwise than the working copy
 * @param metrics the last value of each, by {@code step.metric}
 * @param parameters by {@code step.parameter}
 * @param data digest of each source's snapshot
 */
record RunView(
        RunId run,
        Standing state,
        String because,
        Instant startedAt,
        Instant asOf,
        Optional<String> commit,
        Optional<Digest> changes,
        Variation variation,
        SortedMap<String, Object> parameters,
        SortedMap<String, Double> metrics,
        SortedMap<String, Digest> data,
        List<RunStep> steps) {

    static RunView of(Notebook notebook, Run run) {
        RunId id = run.spec().id();
        Experiment experiment = notebook.experiments().get(id);
        return new RunView(
                id,
                notebook.standing(run),
                run.because(),
                run.submittedAt(),
                run.spec().asOf(),
                experiment.source().commit().map(commit -> commit.value()),
                experiment.source().changes(),
                experiment.variation(),
                parameters(notebook.definition(run)),
                MetricPoint.last(notebook.runs().metrics(id)),
                notebook.runs().snapshots(id),
                notebook.runs().steps(id));
    }

    /** A server's run, as its REST API tells of it. */
    static RunView of(Client client, String id) {
        String path = "api/runs/" + Client.encode(id);
        return of(client.get(path), client.get(path + "/metrics").path("last"));
    }

    private static RunView of(JsonNode told, JsonNode last) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        last.properties()
                .forEach(
                        metric -> metrics.put(metric.getKey(), metric.getValue().doubleValue()));
        Run run = Json.read(told.path("run").toString(), Run.class);
        SortedMap<String, Digest> data = new TreeMap<>();
        told.path("data")
                .properties()
                .forEach(seen ->
                        data.put(seen.getKey(), new Digest(seen.getValue().stringValue())));
        return new RunView(
                run.spec().id(),
                Json.read(told.path("state").toString(), Standing.class),
                run.because(),
                run.submittedAt(),
                run.spec().asOf(),
                told.at("/source/commit").stringValueOpt(),
                Optional.empty(),
                Variation.NONE,
                new TreeMap<>(Json.map(told.path("parameters").toString())),
                metrics,
                data,
                List.of(Json.read(told.path("steps").toString(), RunStep[].class)));
    }

    void print(Printed printed) {
        printed.row("run", run, " ", state, because.isBlank() ? "" : ": " + because);
        printed.row(
                "commit",
                commit.orElse("none"),
                changes.map(digest -> " with uncommitted changes " + digest).orElse(""));
        printed.row("as of", asOf);
        data.forEach((name, digest) -> printed.row("data", name, " ", digest));
        if (!variation.only().isEmpty()) {
            printed.row("only", variation.only());
        }
        parameters.forEach((name, value) -> printed.row(
                "parameter", name, " = ", value, variation.parameters().containsKey(name) ? " (given)" : ""));
        metrics.forEach((name, value) -> printed.row("metric", name, " = ", RunTable.text(value)));
        for (RunStep step : steps) {
            step.outputs().forEach((name, digest) -> printed.row("artifact", step.name(), ".", name, " ", digest));
        }
    }

    static SortedMap<String, Object> parameters(Definition definition) {
        SortedMap<String, Object> all = new TreeMap<>();
        for (Definition.Step step : definition.steps()) {
            for (Map.Entry<String, Object> parameter : step.parameters().entrySet()) {
                all.put(step.name() + "." + parameter.getKey(), parameter.getValue());
            }
        }
        return all;
    }
}
