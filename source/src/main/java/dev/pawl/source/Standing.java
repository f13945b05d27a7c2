package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import java.util.List;
import java.util.Optional;

/** How a proposal stands, with all that counts: its own state, CI's word on its head, and those of reviewers on that head. */
public enum Standing {
    /** CI has not said anything of this head. */
    WAITING_FOR_CI,
    CI_FAILED,
    /** A reviewer of this head rejected it. */
    REJECTED,
    WAITING_FOR_APPROVAL,
    /** It can be merged. */
    READY,
    MERGING,
    MERGED,
    CLOSED;

    /**
     * @param ci of exactly this head
     * @param reviews all of the proposal, also those of earlier heads, which do not count
     */
    static Standing of(Proposal proposal, Optional<CiVerdict> ci, List<Review> reviews, ReviewRules rules) {
        return switch (proposal.state()) {
            case OPEN -> ofOpen(proposal, ci, reviews, rules);
            case MERGING -> MERGING;
            case MERGED -> MERGED;
            case CLOSED -> CLOSED;
        };
    }

    private static Standing ofOpen(Proposal proposal, Optional<CiVerdict> ci, List<Review> reviews, ReviewRules rules) {
        if (ci.isEmpty()) {
            return WAITING_FOR_CI;
        }
        if (!ci.get().passed()) {
            return CI_FAILED;
        }
        if (isRejected(proposal, reviews)) {
            return REJECTED;
        }
        return approvers(proposal, reviews, rules).size() < rules.approvals() ? WAITING_FOR_APPROVAL : READY;
    }

    /** Who approved exactly this head, as far as it counts: the author does not, unless that is allowed. */
    static List<String> approvers(Proposal proposal, List<Review> reviews, ReviewRules rules) {
        return ofHead(reviews, proposal.head()).stream()
                .filter(it -> it.verdict() == Review.Verdict.APPROVED)
                .map(Review::reviewer)
                .filter(reviewer -> rules.alone() || !reviewer.equals(proposal.author()))
                .toList();
    }

    /** Whether reviewers let exactly this head in: at least one of them, as many as the rules want, and nobody against it. */
    static boolean isApproved(Proposal proposal, List<Review> reviews, ReviewRules rules) {
        return !isRejected(proposal, reviews)
                && approvers(proposal, reviews, rules).size() >= Math.max(1, rules.approvals());
    }

    private static boolean isRejected(Proposal proposal, List<Review> reviews) {
        return ofHead(reviews, proposal.head()).stream().anyMatch(it -> it.verdict() == Review.Verdict.REJECTED);
    }

    private static List<Review> ofHead(List<Review> reviews, CommitId head) {
        return reviews.stream().filter(it -> it.head().equals(head)).toList();
    }
}
