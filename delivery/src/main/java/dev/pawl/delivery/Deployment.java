package dev.pawl.delivery;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;
import java.util.List;

/**
 * An attempt to put a package into an environment, and how it ended.
 *
 * @param number counts the environment's attempts from 1
 * @param by {@code automatic}, or who asked for it
 * @param checks the compatibility check
 */
public record Deployment(
        ProjectName project,
        EnvironmentName environment,
        int number,
        Digest packageDigest,
        CommitId commit,
        Digest definition,
        Outcome outcome,
        String because,
        String by,
        List<CompatibilityItem> checks,
        Instant at) {

    /** Only what is DEPLOYED changed the environment. */
    public enum Outcome {
        DEPLOYED,
        REFUSED
    }
}
