package dev.pawl.pipeline;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Expression;
import dev.pawl.kernel.Json;
import dev.pawl.store.Artifacts;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether a step is needed: its condition, over its parameters and what its reports, records and values hold. */
record Condition(Task task, StepInputs inputs, Artifacts artifacts) {

    /** Why the step is not needed; empty if it is. */
    Optional<String> declined() {
        return task.step()
                .rules()
                .when()
                .filter(text -> !Expression.parse(text).isTrue(this::value))
                .map(text -> "its condition '" + text + "' is not true");
    }

    private Optional<Object> value(String name) {
        Object parameter = task.step().parameters().get(name);
        return parameter != null ? Optional.of(parameter) : ofInput(name);
    }

    /** {@code INPUT} for a value, {@code INPUT.KEY} for a report or record, {@code INPUT.KEY.KEY} further down in a record. */
    private Optional<Object> ofInput(String name) {
        String[] parts = name.split("\\.", 2);
        Digest digest = inputs.digests().get(parts[0]);
        if (digest == null || !isJson(inputs.type(parts[0]))) {
            return Optional.empty();
        }
        JsonNode json = Json.tree(artifacts.text(digest));
        return scalar(parts.length == 2 ? within(json, parts[1]) : json);
    }

    /** A key may have a dot in it; else what comes after a dot is further down. */
    private static JsonNode within(JsonNode json, String path) {
        JsonNode found = json.path(path);
        int dot = path.indexOf('.');
        return !found.isMissingNode() || dot < 0
                ? found
                : within(json.path(path.substring(0, dot)), path.substring(dot + 1));
    }

    private static boolean isJson(OutputType type) {
        return switch (type) {
            case REPORT, RECORD, VALUE -> true;
            case TABLE, MODEL, FILE, FOLDER -> false;
        };
    }

    private static Optional<Object> scalar(JsonNode json) {
        if (json.isNumber()) {
            return Optional.of(json.numberValue());
        }
        return json.isBoolean()
                ? Optional.of(json.booleanValue())
                : json.isString() ? Optional.of(json.stringValue()) : Optional.empty();
    }
}
