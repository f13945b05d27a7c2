package dev.pawl.trigger;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;

/** What an environment runs. */
public record DeployedPipeline(
        ProjectName project,
        EnvironmentName environment,
        Digest packageDigest,
        Digest definition,
        Instant deployedAt) {}
