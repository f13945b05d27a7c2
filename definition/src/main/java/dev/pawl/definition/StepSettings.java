package dev.pawl.definition;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What pawl.yaml can say of any step.
 *
 * @param place of the step in pawl.yaml
 * @param parameters text, numbers and truth values by name
 */
record StepSettings(
        YamlPlace place, SequencedMap<String, YamlScalar> parameters, Duration timeout, int attempts, boolean cache) {
    private static final YamlFormat<String> PARAMETER = YamlFormat.nameOf("a parameter");

    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final int MOST_ATTEMPTS = 10;

    /** For a step of which pawl.yaml says nothing. */
    static StepSettings absent(YamlPlace place) {
        return new StepSettings(place, Collections.emptyNavigableMap(), TIMEOUT, 1, true);
    }

    static StepSettings read(YamlMap step) {
        return new StepSettings(
                step.place(),
                parameters(step.mapOrEmpty("parameters")),
                step.optional("timeout", YamlFormat.POSITIVE_DURATION, TIMEOUT),
                step.optional("attempts", YamlFormat.whole(1, MOST_ATTEMPTS), 1),
                step.optional("cache", YamlFormat.TRUTH, true));
    }

    private static SequencedMap<String, YamlScalar> parameters(YamlMap parameters) {
        parameters.scalars(YamlFormat.PARAMETER).keySet().forEach(name -> parameters.name(name, PARAMETER));
        var scalars = new LinkedHashMap<String, YamlScalar>();
        parameters.values().forEach((name, node) -> {
            if (node instanceof YamlScalar scalar) {
                scalars.put(name, scalar);
            }
        });
        return scalars;
    }

    /** The parameters as they are written, where nobody declares what type they have. */
    SortedMap<String, Object> writtenParameters() {
        var written = new TreeMap<String, Object>();
        parameters.forEach((name, scalar) -> scalar.content().ifPresent(content -> written.put(name, content)));
        return written;
    }
}
