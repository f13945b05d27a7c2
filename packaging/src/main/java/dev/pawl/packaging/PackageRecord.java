package dev.pawl.packaging;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import java.time.Instant;

/**
 * What is known of a package that was built: what was made, and the signed statement about it.
 *
 * @param definition the digest of the compiled pawl.yaml
 * @param provenance the artifact with the signed statement
 * @param keyId of the key that signed it
 */
public record PackageRecord(
        CiRunId ciRun, Made made, Digest definition, Digest provenance, Digest keyId, Instant signedAt) {}
