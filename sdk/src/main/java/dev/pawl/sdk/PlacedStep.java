package dev.pawl.sdk;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A step and the nested pipelines that it is in.
 *
 * @param scope what comes before its name: the fields from the outermost class inwards, each with a - after it
 */
record PlacedStep(String scope, StepMethod method) {
    static final String SEPARATOR = "-";

    String name() {
        return scope + method.name();
    }

    /** What the name of a step may mean here: in its own class, or in those around it, outwards. */
    Stream<String> meanings(String name) {
        return Stream.iterate(Optional.of(scope), Optional::isPresent, inner -> inner.flatMap(PlacedStep::around))
                .flatMap(Optional::stream)
                .map(known -> known + name);
    }

    private static Optional<String> around(String scope) {
        if (scope.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(scope.substring(0, scope.lastIndexOf(SEPARATOR, scope.length() - 2) + 1));
    }
}
