package dev.pawl.sdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a test gives a pipeline, by the names that the pipeline has for it. */
record TestSetup(
        PipelineClass pipeline,
        Map<String, Object> sources,
        Map<String, Object> parameters,
        Map<String, String> secrets,
        Map<String, TestFailures> failures) {

    /** @throws IllegalArgumentException with all that is missing, unknown or of the wrong kind */
    void check() {
        List<String> problems = new ArrayList<>();
        Set<String> wantedSources = new TreeSet<>();
        Set<String> wantedSecrets = new TreeSet<>();
        Set<String> wantedParameters = new TreeSet<>();
        Set<String> steps = new TreeSet<>();
        for (PipelineStep step : pipeline.steps()) {
            steps.add(step.name());
            step.method().sources().forEach(source -> wantedSources.add(source.source()));
            step.method().secrets().forEach(secret -> wantedSecrets.add(secret.secret()));
            step.method().settings().forEach(setting -> {
                wantedParameters.add(key(step, setting));
                checkParameter(step, setting, problems);
            });
        }
        requireAll("source", wantedSources, sources.keySet(), problems);
        requireAll("secret", wantedSecrets, secrets.keySet(), problems);
        requireNoOther("source", wantedSources, sources.keySet(), problems);
        requireNoOther("secret", wantedSecrets, secrets.keySet(), problems);
        requireNoOther("parameter", wantedParameters, parameters.keySet(), problems);
        requireNoOther("step", steps, failures.keySet(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** The values of a step's parameters, also those that nobody has set. */
    Map<String, Object> parametersOf(PipelineStep step) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Argument.Setting setting : step.method().settings()) {
            Object given = parameters.get(key(step, setting));
            values.put(setting.name(), given == null ? setting.defaultValue().orElseThrow() : setting.checked(given));
        }
        return values;
    }

    private void checkParameter(PipelineStep step, Argument.Setting setting, List<String> problems) {
        String key = key(step, setting);
        if (!parameters.containsKey(key)) {
            if (setting.defaultValue().isEmpty()) {
                problems.add("Parameter '" + key + "' has no default: set it with param(\"" + key + "\", ...)");
            }
            return;
        }
        try {
            setting.checked(parameters.get(key));
        } catch (ContractException e) {
            problems.add(key + ": " + e.getMessage());
        }
    }

    private void requireAll(String what, Set<String> wanted, Set<String> given, List<String> problems) {
        wanted.stream()
                .filter(name -> !given.contains(name))
                .forEach(name -> problems.add("The " + what + " '" + name + "' is missing: give it with " + what + "(\""
                        + name + "\", ...)"));
    }

    private void requireNoOther(String what, Set<String> known, Set<String> given, List<String> problems) {
        given.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(
                        pipeline.type().getName() + " has no " + what + " '" + name + "'; it has " + known));
    }

    private static String key(PipelineStep step, Argument.Setting setting) {
        return step.name() + "." + setting.name();
    }
}
