package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the names in the condition of a step stand for: parameters, values, and what reports and records hold. */
record ConditionValues(StepMethod step, Map<String, Path> inputs, Map<String, Object> parameters)
        implements Function<String, Optional<Object>> {

    @Override
    public Optional<Object> apply(String name) {
        String[] parts = name.split("\\.", 2);
        if (parts.length == 1 && parameters.containsKey(name)) {
            return Optional.ofNullable(parameters.get(name));
        }
        Path file = inputs.get(parts[0]);
        if (file == null) {
            return Optional.empty();
        }
        Object json = Json.read(file);
        return scalar(parts.length == 1 ? json : within(json, parts[1]));
    }

    /** A key may have a dot in it; else what comes after a dot is further down. */
    private static @Nullable Object within(@Nullable Object json, String path) {
        if (!(json instanceof Map<?, ?> object)) {
            return null;
        }
        int dot = path.indexOf('.');
        return object.containsKey(path) || dot < 0
                ? object.get(path)
                : within(object.get(path.substring(0, dot)), path.substring(dot + 1));
    }

    private static Optional<Object> scalar(@Nullable Object json) {
        return json instanceof Number || json instanceof String || json instanceof Boolean
                ? Optional.of(json)
                : Optional.empty();
    }
}
