package dev.pawl.sdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pipeline class in the JSON that Pawl reads after a build; what the class does not say is left out. */
final class Description {
    private Description() {}

    static Map<String, Object> of(PipelineClass pipeline) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("contract", StepCall.CONTRACT);
        json.put("class", pipeline.type().getName());
        json.put("steps", pipeline.steps().stream().map(Description::step).toList());
        return json;
    }

    private static Map<String, Object> step(PipelineStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", step.name());
        json.put("class", step.method().method().getDeclaringClass().getName());
        json.put("method", step.method().name());
        arguments(step, json);
        step.method().output().ifPresent(output -> json.put("output", output(step.method(), output)));
        rules(step.method().rules(), json);
        return json;
    }

    private static void arguments(PipelineStep step, Map<String, Object> json) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        Map<String, Object> sources = new LinkedHashMap<>();
        Map<String, Object> secrets = new LinkedHashMap<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (Argument argument : step.method().arguments()) {
            switch (argument) {
                case Argument.FromStep input -> inputs.put(input.name(), input(step, input));
                case Argument.FromSource source -> sources.put(source.name(), source.source());
                case Argument.FromSecret secret -> secrets.put(secret.name(), secret.secret());
                case Argument.Setting setting -> parameters.put(setting.name(), parameter(setting));
                case Argument.ToMetrics _, Argument.InWorkspace _, Argument.HowItEnded _ -> {}
            }
        }
        json.put("inputs", inputs);
        json.put("sources", sources);
        json.put("secrets", secrets);
        json.put("parameters", parameters);
    }

    private static Map<String, Object> input(PipelineStep step, Argument.FromStep input) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", step.giver(input.name()));
        json.put("each", input.each());
        json.put("optional", input.optional());
        json.put("list", input.list());
        return json;
    }

    private static Map<String, Object> output(StepMethod step, StepMethod.Output output) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", step.name());
        json.put("type", output.form().kind().word());
        json.put("list", output.list());
        return json;
    }

    private static Map<String, Object> parameter(Argument.Setting setting) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", setting.type().word());
        setting.defaultValue().ifPresent(value -> json.put("default", value));
        if (Double.isFinite(setting.min())) {
            json.put("min", setting.min());
        }
        if (Double.isFinite(setting.max())) {
            json.put("max", setting.max());
        }
        putText(json, "doc", setting.doc());
        return json;
    }

    private static void rules(Step rules, Map<String, Object> json) {
        putText(json, "when", rules.when());
        putUnless(json, "always", rules.always(), false);
        Retries.of(rules).ifPresent(retries -> json.put("retry", retries.json()));
        putText(json, "timeout", rules.timeout());
        putUnless(json, "cache", rules.cache(), true);
        putText(json, "memory", rules.memory());
        putUnless(json, "cpus", rules.cpus(), 1);
        putText(json, "cpu_time", rules.cpuTime());
        putText(json, "pool", rules.pool());
        putUnless(json, "tags", List.of(rules.tags()), List.of());
        putText(json, "doc", rules.doc());
    }

    private static void putText(Map<String, Object> json, String key, String text) {
        putUnless(json, key, text, "");
    }

    private static void putUnless(Map<String, Object> json, String key, Object value, Object usual) {
        if (!value.equals(usual)) {
            json.put(key, value);
        }
    }
}
