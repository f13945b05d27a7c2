package dev.pawl.packaging;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a package came about: what its provenance tells besides what was made.
 *
 * @param definition the digest of the compiled pawl.yaml
 * @param checks all that the commit went through, in their order
 */
public record Build(
        CiRunId ciRun, Made made, Digest definition, Instant startedAt, Instant finishedAt, List<Checked> checks) {

    /** The verdict of a check, with what it rests on. */
    public record Checked(String name, boolean passed, String summary, Map<String, Object> evidence) {}
}
