package dev.pawl.sdk;

import java.util.Map;
import java.util.Objects;

/** What a step may ask of its run beside inputs and parameters; told by type alone. */
final class RunParts {
    private static final Map<Class<?>, Argument> ALL = Map.of(
            Metrics.class, new Argument.ToMetrics(),
            Workspace.class, new Argument.InWorkspace(),
            Outcome.class, new Argument.HowItEnded());

    private RunParts() {}

    static boolean isOne(Class<?> type) {
        return ALL.containsKey(type);
    }

    static Argument argument(Class<?> type) {
        return Objects.requireNonNull(ALL.get(type));
    }
}
