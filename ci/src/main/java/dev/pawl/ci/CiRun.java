package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of pipeline CI.
 *
 * @param run the integration run, once there is one
 * @param refusedBy the check that turned the commit down
 * @param scope which checks it makes
 */
public record CiRun(
        CiRunId id,
        ProjectName project,
        String branch,
        CommitId commit,
        CiState state,
        Instant queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<RunId> run,
        Optional<Digest> packageDigest,
        Optional<Digest> definition,
        Optional<String> refusedBy,
        Optional<String> because,
        Scope scope) {

    static CiRun queued(CiRunId id, Fact.CommitPushed fact, Instant at) {
        return queued(id, fact.project(), fact.branch(), fact.commit(), at, Scope.ALL);
    }

    static CiRun queued(CiRunId id, ProjectName project, String branch, CommitId commit, Instant at, Scope scope) {
        return new CiRun(
                id,
                project,
                branch,
                commit,
                CiState.QUEUED,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                scope);
    }
}
