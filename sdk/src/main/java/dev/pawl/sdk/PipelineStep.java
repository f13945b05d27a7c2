package dev.pawl.sdk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A step within its pipeline.
 *
 * @param name the method's, after the fields of the nested pipelines that it is in
 * @param from the name of the step that gives each input, by the input's name
 */
record PipelineStep(String name, StepMethod method, Map<String, String> from) {

    /** The step that gives an input. */
    String giver(String input) {
        return Objects.requireNonNull(from.get(input));
    }

    /** The fields of the nested pipelines that it is in, from the outermost class inwards. */
    List<String> fields() {
        String scope = name.substring(0, name.length() - method.name().length());
        return scope.isEmpty() ? List.of() : List.of(scope.split(PlacedStep.SEPARATOR));
    }

    /** All steps that give an input. */
    Set<String> givers() {
        return Set.copyOf(from.values());
    }
}
