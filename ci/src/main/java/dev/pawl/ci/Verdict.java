package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import java.util.List;

/** What the checks before the integration run say of a commit. */
sealed interface Verdict {
    record Refused(String check, String because) implements Verdict {
        /** A unit check, or one of the project's own. */
        boolean isOfProject() {
            return check.equals(CiCheck.UNIT) || check.startsWith(CiCheck.UNIT + ".") || CiCheck.isOwn(check);
        }
    }

    /** All that was asked for is made, and passed. */
    record Done() implements Verdict {}

    /** @param earlier a run of the same content, which passed */
    record Known(CiRun earlier) implements Verdict {}

    /**
     * @param definition the digest of the compiled pawl.yaml
     * @param tried checks that try steps with what the integration run gave
     * @param runs that the checks want which run the pipeline; one of them is that of the integration check
     */
    record Packed(Digest packageDigest, Digest definition, TestCounts tests, List<PlannedRun> runs, List<String> tried)
            implements Verdict {}
}
