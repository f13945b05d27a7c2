package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An event as the OpenLineage standard has it (specification 2-0-2, openlineage.io), as a value to be written as JSON.
 *
 * @param namespace of the jobs and data sets
 * @param location where the code of the run is, if it is known
 */
record OpenLineageEvent(
        String namespace,
        RunEvent event,
        Run run,
        Definition definition,
        List<RunStep> steps,
        SortedMap<String, Digest> data,
        Optional<OpenLineage.Location> location) {
    static final String PRODUCER = "urn:dev.pawl:pawl";
    private static final String SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String FACETS = "https://openlineage.io/spec/facets/";

    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>();
        json.put("eventType", type());
        json.put("eventTime", event.at().toString());
        json.put("producer", PRODUCER);
        json.put("schemaURL", SPEC);
        json.put("run", Map.of("runId", id(event.run(), event.step()), "facets", runFacets()));
        json.put("job", job());
        json.put("inputs", inputs());
        json.put("outputs", outputs());
        return json;
    }

    private String type() {
        return switch (event.kind()) {
            case STARTED -> "START";
            case STARTED_AGAIN -> "RUNNING";
            case SUCCEEDED -> "COMPLETE";
            case FAILED -> "FAIL";
            case CANCELLED -> "ABORT";
        };
    }

    /** The same for the same run and step, whenever it is asked for. */
    static String id(RunId run, Optional<StepName> step) {
        String name = run + step.map(it -> "/" + it).orElse("");
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Map<String, Object> runFacets() {
        Map<String, Object> facets = new TreeMap<>();
        event.step().ifPresent(_ -> facets.put("parent", parent()));
        facets.put(
                "nominalTime",
                facet(
                        "1-0-1/NominalTimeRunFacet",
                        Map.of("nominalStartTime", run.spec().asOf().toString())));
        facets.put("pawl", facet("pawl", own()));
        if (event.kind() == RunEvent.Kind.FAILED || event.kind() == RunEvent.Kind.CANCELLED) {
            facets.put("errorMessage", facet("1-0-1/ErrorMessageRunFacet", error()));
        }
        return facets;
    }

    private Map<String, Object> parent() {
        return facet(
                "1-1-0/ParentRunFacet",
                Map.of(
                        "run", Map.of("runId", id(event.run(), Optional.empty())),
                        "job", Map.of("namespace", namespace, "name", project())));
    }

    /** What Pawl calls things, to find them again. */
    private Map<String, Object> own() {
        Map<String, Object> own = new TreeMap<>();
        own.put("run", event.run());
        own.put("package", run.spec().packageDigest());
        own.put("definition", run.spec().definition());
        own.put("reason", run.spec().reason());
        step().ifPresent(step -> own.put("state", step.state()));
        definition().steps().stream()
                .filter(step -> event.step().equals(Optional.of(step.name())))
                .forEach(step -> own.put("parameters", step.parameters()));
        return own;
    }

    private Map<String, Object> error() {
        String message = step().flatMap(RunStep::error).orElse(run.because());
        String language = event.step()
                .map(name -> definition.step(name).command())
                .map(command -> switch (command) {
                    case JavaMethod _ -> "JAVA";
                    case Shell shell -> shell.python().isPresent() ? "PYTHON" : "SHELL";
                })
                .orElse("UNKNOWN");
        return Map.of("message", message, "programmingLanguage", language);
    }

    private Map<String, Object> job() {
        Map<String, Object> facets = new TreeMap<>();
        facets.put(
                "jobType",
                facet(
                        "2-0-3/JobTypeJobFacet",
                        Map.of(
                                "processingType", "BATCH",
                                "integration", "PAWL",
                                "jobType", event.step().isPresent() ? "STEP" : "PIPELINE")));
        location.ifPresent(it -> facets.put(
                "sourceCodeLocation",
                facet(
                        "1-0-1/SourceCodeLocationJobFacet",
                        Map.of("type", "git", "url", it.url(), "version", it.commit()))));
        return Map.of(
                "namespace",
                namespace,
                "name",
                project() + event.step().map(step -> "." + step).orElse(""),
                "facets",
                facets);
    }

    private List<Object> inputs() {
        List<Object> inputs = new ArrayList<>();
        if (event.step().isEmpty()) {
            data.forEach((source, digest) -> inputs.add(dataSet(source(source), digest)));
        } else {
            definition
                    .step(event.step().get())
                    .inputs()
                    .values()
                    .forEach(input -> input(input).ifPresent(inputs::add));
        }
        return inputs;
    }

    /** As far as it is there. */
    private Optional<Object> input(Definition.Input input) {
        return switch (input) {
            case FromData(String source) ->
                Optional.ofNullable(data.get(source)).map(digest -> dataSet(source(source), digest));
            case FromStep from ->
                step(from.step())
                        .flatMap(step -> Optional.ofNullable(step.outputs().get(from.output())))
                        .map(digest -> dataSet(output(from.step(), from.output()), digest));
        };
    }

    private List<Object> outputs() {
        List<Object> outputs = new ArrayList<>();
        steps.stream()
                .filter(step -> event.step().isEmpty() || event.step().equals(Optional.of(step.name())))
                .forEach(step -> step.outputs()
                        .forEach((name, digest) -> outputs.add(dataSet(output(step.name(), name), digest))));
        return event.kind().isEnd() ? outputs : List.of();
    }

    private Optional<RunStep> step() {
        return event.step().flatMap(this::step);
    }

    private Optional<RunStep> step(StepName name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    private String source(String name) {
        return project() + "/data/" + name;
    }

    private String output(StepName step, String name) {
        return project() + "/" + step + "/" + name;
    }

    private Map<String, Object> dataSet(String name, Digest digest) {
        return Map.of(
                "namespace",
                namespace,
                "name",
                name,
                "facets",
                Map.of("version", facet("1-0-1/DatasetVersionDatasetFacet", Map.of("datasetVersion", digest.value()))));
    }

    private String project() {
        return run.spec().project().value();
    }

    private static Map<String, Object> facet(String schema, Map<String, Object> content) {
        Map<String, Object> facet = new TreeMap<>(content);
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", schema.equals("pawl") ? PRODUCER : FACETS + schema + ".json");
        return facet;
    }
}
