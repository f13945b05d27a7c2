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
        return scalar(parts.length == 1 ? json : json instanceof Map<?, ?> object ? object.get(parts[1]) : null);
    }

    private static Optional<Object> scalar(@Nullable Object json) {
        return json instanceof Number || json instanceof String || json instanceof Boolean
                ? Optional.of(json)
                : Optional.empty();
    }
}
