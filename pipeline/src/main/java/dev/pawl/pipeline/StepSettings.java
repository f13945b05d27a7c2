package dev.pawl.pipeline;

import java.time.Duration;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What pawl.yaml can say of any step.
 *
 * @param place of the step in pawl.yaml
 * @param parameters values by name, as written
 */
record StepSettings(
        YamlPlace place, SequencedMap<String, YamlNode> parameters, Duration timeout, int attempts, boolean cache) {
    private static final YamlFormat<String> PARAMETER = YamlFormat.name("a name of a parameter");

    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final int MOST_ATTEMPTS = 10;

    /** For a step of which pawl.yaml says nothing. */
    static StepSettings absent(YamlPlace place) {
        return new StepSettings(place, Collections.emptyNavigableMap(), TIMEOUT, 1, true);
    }

    static StepSettings read(YamlMap step) {
        YamlMap parameters = step.mapOrEmpty("parameters");
        parameters.values().keySet().forEach(name -> parameters.name(name, PARAMETER));
        return new StepSettings(
                step.place(),
                parameters.values(),
                step.optional("timeout", YamlFormat.POSITIVE_DURATION, TIMEOUT),
                step.optional("attempts", YamlFormat.whole(1, MOST_ATTEMPTS), 1),
                step.optional("cache", YamlFormat.TRUTH, true));
    }

    /** The parameters as they are written, where nobody declares what type they have. */
    SortedMap<String, Object> writtenParameters(Problems problems) {
        var written = new TreeMap<String, Object>();
        parameters.forEach((name, node) -> written.put(name, YamlFormat.PARAMETER.read(node, problems)));
        return written;
    }
}
