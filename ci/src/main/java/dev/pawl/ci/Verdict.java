package dev.pawl.ci;

import dev.pawl.kernel.Digest;

/** What the checks before the integration run say of a commit. */
sealed interface Verdict {
    record Refused(String check, String because) implements Verdict {}

    /** @param definition the digest of the compiled pawl.yaml */
    record Packed(Digest packageDigest, Digest definition, TestCounts tests) implements Verdict {}
}
