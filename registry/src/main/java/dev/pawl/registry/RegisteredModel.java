package dev.pawl.registry;

import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import java.util.Optional;

/**
 * A model in short.
 *
 * @param versions how many there are
 * @param champion the version that answers
 * @param previous the one it replaced
 */
public record RegisteredModel(
        ModelName name,
        ProjectName project,
        EnvironmentName environment,
        int versions,
        Optional<ModelVersion> champion,
        Optional<ModelVersion> previous) {}
