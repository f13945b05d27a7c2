package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import java.util.List;

/** What the checks before the integration run say of a commit. */
sealed interface Verdict {
    record Refused(String check, String because) implements Verdict {}

    /**
     * @param definition the digest of the compiled pawl.yaml
     * @param runs that the checks want which run the pipeline; one of them is that of the integration check
     */
    record Packed(Digest packageDigest, Digest definition, TestCounts tests, List<PlannedRun> runs)
            implements Verdict {}
}
