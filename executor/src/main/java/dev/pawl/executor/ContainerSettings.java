package dev.pawl.executor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How containers are run.
 *
 * @param engine the command of the container engine; if empty, {@code podman} or {@code docker}, whichever answers first
 * @param arguments more of them for the engine, before its {@code run}; replaces what Pawl finds out by itself
 */
public record ContainerSettings(Optional<String> engine, List<String> arguments) {
    public static final String ENGINE = "PAWL_CONTAINER_ENGINE";
    public static final String ARGUMENTS = "PAWL_CONTAINER_ARGS";
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** From the variables {@value #ENGINE} and {@value #ARGUMENTS}. */
    public static ContainerSettings from(Map<String, String> environment) {
        return new ContainerSettings(
                Optional.ofNullable(environment.get(ENGINE)).filter(text -> !text.isBlank()),
                SPACES.splitAsStream(environment.getOrDefault(ARGUMENTS, ""))
                        .filter(text -> !text.isEmpty())
                        .toList());
    }
}
