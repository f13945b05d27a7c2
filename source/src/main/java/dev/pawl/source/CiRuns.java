package dev.pawl.source;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;
import java.util.Optional;

/** How source control learns which CI run follows a push, to tell whoever pushed. */
public interface CiRuns {
    /**
     * Waits for the CI run of a commit that was pushed just now, but not for long.
     *
     * @param since tells it from an earlier one of the same commit
     */
    Optional<CiRunId> await(ProjectName project, String branch, CommitId commit, Instant since);
}
