package dev.pawl.executor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How containers are run.
 *
 * @param engine the command of the container engine; if empty, {@code podman} or {@code docker}, whichever answers first
 * @param arguments more of them for the engine, before its {@code run}; replaces what Pawl finds out by itself
 * @param variables that the engine's command reads itself, such as {@code DOCKER_HOST}
 */
public record ContainerSettings(Optional<String> engine, List<String> arguments, Map<String, String> variables) {
    public static final String ENGINE = "PAWL_CONTAINER_ENGINE";
    public static final String ARGUMENTS = "PAWL_CONTAINER_ARGS";
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private static final Set<String> OF_THE_ENGINE = Set.of(
            "CONTAINER_HOST",
            "DBUS_SESSION_BUS_ADDRESS",
            "DOCKER_CONFIG",
            "DOCKER_HOST",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_RUNTIME_DIR");

    /** From the variables {@value #ENGINE} and {@value #ARGUMENTS}. */
    public static ContainerSettings from(Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.keySet().retainAll(OF_THE_ENGINE);
        return new ContainerSettings(
                Optional.ofNullable(environment.get(ENGINE)).filter(text -> !text.isBlank()),
                SPACES.splitAsStream(environment.getOrDefault(ARGUMENTS, ""))
                        .filter(text -> !text.isEmpty())
                        .toList(),
                variables);
    }
}
