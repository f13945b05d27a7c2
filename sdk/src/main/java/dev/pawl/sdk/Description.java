package dev.pawl.sdk;

import java.util.LinkedHashMap;
import java.util.Map;

/** A pipeline class in the JSON that Pawl reads after a build. */
final class Description {
    private Description() {}

    static Map<String, Object> of(PipelineClass pipeline) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", pipeline.type().getName());
        json.put("steps", pipeline.steps().stream().map(Description::step).toList());
        return json;
    }

    private static Map<String, Object> step(StepMethod step) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        Map<String, Object> sources = new LinkedHashMap<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (Argument argument : step.arguments()) {
            switch (argument) {
                case Argument.FromStep input -> inputs.put(input.step(), input.step());
                case Argument.FromSource source -> sources.put(source.name(), source.source());
                case Argument.Setting setting -> parameters.put(setting.name(), parameter(setting));
                case Argument.ToMetrics _ -> {}
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", step.name());
        json.put("inputs", inputs);
        json.put("sources", sources);
        json.put("parameters", parameters);
        json.put("output", output(step));
        return json;
    }

    private static Map<String, Object> output(StepMethod step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", step.name());
        json.put("type", step.output().word());
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
        return json;
    }
}
