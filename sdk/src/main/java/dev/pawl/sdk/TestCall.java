package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one attempt of a step in a test is given.
 *
 * @param folder of the attempt alone
 * @param inputs files and folders by the name of the parameter, sources among them
 * @param secrets by the name of the parameter
 */
record TestCall(
        StepMethod step,
        Path folder,
        Map<String, Path> inputs,
        Map<String, Object> parameters,
        Map<String, String> secrets,
        Optional<Outcome> outcome) {

    StepEnd run(StepRunner.Pipelines pipelines) {
        TestFolders.make(folder.resolve("work"));
        TestFolders.make(folder.resolve("outputs"));
        return new StepRunner(step, new StepCall(json(), secrets)).run(pipelines);
    }

    /** Where its output is when it has succeeded. */
    Optional<Path> output() {
        return step.output()
                .map(output -> folder.resolve("outputs")
                        .resolve(step.name()
                                + (output.list() ? "" : output.form().kind().ending())));
    }

    /** What it has logged. */
    RecordedMetrics metrics() {
        RecordedMetrics metrics = Metrics.recording();
        MetricsFile.read(metricsFile()).forEach(point -> metrics.log(point.name(), point.step(), point.value()));
        return metrics;
    }

    private Path metricsFile() {
        return folder.resolve("metrics.jsonl");
    }

    private Map<String, Object> json() {
        Map<String, Object> paths = new LinkedHashMap<>();
        inputs.forEach((name, path) -> paths.put(name, path.toAbsolutePath().toString()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("contract", StepCall.CONTRACT);
        json.put("inputs", paths);
        json.put("parameters", parameters);
        json.put(
                "outputs",
                output().map(path -> Map.of(step.name(), path.toString())).orElse(Map.of()));
        json.put("metrics", metricsFile().toString());
        json.put("work", folder.resolve("work").toString());
        outcome.ifPresent(ended -> json.put("outcome", json(ended)));
        return json;
    }

    private static Map<String, String> json(Outcome outcome) {
        return Map.of("state", outcome.state().name().toLowerCase(Locale.ROOT), "because", outcome.because());
    }
}
