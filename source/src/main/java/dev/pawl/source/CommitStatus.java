package dev.pawl.source;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import java.util.Optional;

/**
 * How a commit stands in CI, for the host of its code.
 *
 * @param number grows with every change
 * @param told the number that the host knows
 * @param trouble why it could not be told, last
 */
record CommitStatus(
        ProjectName project,
        CommitId commit,
        State state,
        String description,
        Optional<CiRunId> ciRun,
        long number,
        long told,
        int attempts,
        Optional<String> trouble) {
    /** Which all hosts know, under names of their own. */
    enum State {
        PENDING,
        SUCCESS,
        FAILURE
    }
}
