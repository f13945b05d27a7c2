package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.ProposalId;
import java.time.Instant;
import java.util.Optional;

/**
 * A branch that shall be merged into another.
 *
 * @param head of the branch: its newest commit while the proposal is open, then the one that was merged
 * @param expected the target's commit before the merge, once one began
 * @param result the target's commit after it
 */
public record Proposal(
        ProposalId id,
        ProjectName project,
        String branch,
        String target,
        String title,
        String author,
        CommitId head,
        ProposalState state,
        Instant createdAt,
        Optional<CommitId> expected,
        Optional<CommitId> result,
        Optional<String> mergedBy,
        Optional<Instant> mergedAt) {}
