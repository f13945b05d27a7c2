package dev.pawl.delivery;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;

/**
 * A package that pipeline CI has built.
 *
 * @param position of the fact in the ledger: which of two packages is the newer one
 */
record KnownPackage(
        ProjectName project,
        Digest digest,
        String branch,
        CommitId commit,
        Digest definition,
        long position,
        Instant builtAt) {
    /** For people. */
    @Override
    public String toString() {
        return digest.brief() + " (commit " + commit.value().substring(0, 12) + ")";
    }
}
