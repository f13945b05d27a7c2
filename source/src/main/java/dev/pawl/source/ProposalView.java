package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.ProposalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A proposal with how it stands.
 *
 * @param ci the newest word of CI on exactly this head
 * @param approvedBy whose approvals of this head count
 * @param approvalsNeeded how many that takes
 */
public record ProposalView(
        ProposalId id,
        ProjectName project,
        String branch,
        String target,
        String title,
        String author,
        CommitId head,
        Standing standing,
        Optional<CiVerdict> ci,
        List<String> approvedBy,
        int approvalsNeeded,
        List<Review> reviews,
        Instant createdAt,
        Optional<CommitId> merged,
        Optional<String> mergedBy,
        Optional<Instant> mergedAt) {

    static ProposalView of(Proposal proposal, Optional<CiVerdict> ci, List<Review> reviews, ReviewRules rules) {
        boolean isMerged = proposal.state() == ProposalState.MERGED;
        return new ProposalView(
                proposal.id(),
                proposal.project(),
                proposal.branch(),
                proposal.target(),
                proposal.title(),
                proposal.author(),
                proposal.head(),
                Standing.of(proposal, ci, reviews, rules),
                ci,
                Standing.approvers(proposal, reviews, rules),
                rules.approvals(),
                reviews,
                proposal.createdAt(),
                isMerged ? proposal.result() : Optional.empty(),
                isMerged ? proposal.mergedBy() : Optional.empty(),
                proposal.mergedAt());
    }

    /** Why it is not merged, and what to do. */
    String obstacle() {
        String brief = head.value().substring(0, 7);
        return switch (standing) {
            case WAITING_FOR_CI ->
                "CI has not said anything of its head %s yet; ask again when it has".formatted(brief);
            case CI_FAILED ->
                "CI turned its head %s down (%s); push what mends it"
                        .formatted(
                                brief,
                                ci.map(CiVerdict::because)
                                        .flatMap(text -> text.lines().findFirst())
                                        .orElse(""));
            case REJECTED ->
                "a reviewer rejected its head %s: %s"
                        .formatted(
                                brief,
                                String.join(
                                        ", ",
                                        reviews.stream()
                                                .filter(it -> it.head().equals(head)
                                                        && it.verdict() == Review.Verdict.REJECTED)
                                                .map(Review::reviewer)
                                                .toList()));
            case WAITING_FOR_APPROVAL ->
                "it takes %d approvals of its head %s, and has %d: pawl review approve %s --as NAME"
                        .formatted(approvalsNeeded, brief, approvedBy.size(), id);
            case READY -> "it can be merged";
            case MERGING -> "it is being merged";
            case MERGED -> "it is merged";
            case CLOSED -> "it is closed";
        };
    }
}
