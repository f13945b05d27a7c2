package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.ProposalId;
import dev.pawl.source.ProposalState.Event;
import dev.pawl.source.Review.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final CommitId HEAD = new CommitId("1".repeat(40));
    private static final CommitId OLD = new CommitId("2".repeat(40));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<CiVerdict> GREEN = Optional.of(new CiVerdict(true, "", new CiRunId("ci-1")));
    private static final Optional<CiVerdict> RED = Optional.of(new CiVerdict(false, "unit: x", new CiRunId("ci-1")));

    private static Standing of(ProposalState state, Optional<CiVerdict> ci, ReviewRules rules, Review... reviews) {
        var proposal = new Proposal(
                ProposalId.of(1),
                new ProjectName("births"),
                "work",
                "main",
                "Better",
                "ada",
                HEAD,
                state,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Standing.of(proposal, ci, List.of(reviews), rules);
    }

    private static Standing open(Optional<CiVerdict> ci, Review... reviews) {
        return of(ProposalState.OPEN, ci, ReviewRules.USUAL, reviews);
    }

    private static Review review(String reviewer, Verdict verdict, CommitId head) {
        return new Review(reviewer, verdict, head, "", NOW);
    }

    @Test
    void ci_comes_first() {
        Review approved = review("bob", Verdict.APPROVED, HEAD);

        assertThat(open(Optional.empty(), approved)).isEqualTo(Standing.WAITING_FOR_CI);
        assertThat(open(RED, approved)).isEqualTo(Standing.CI_FAILED);
        assertThat(open(GREEN, approved)).isEqualTo(Standing.READY);
    }

    @Test
    void what_was_said_of_another_head_does_not_count() {
        assertThat(open(GREEN, review("bob", Verdict.APPROVED, OLD))).isEqualTo(Standing.WAITING_FOR_APPROVAL);
        assertThat(open(GREEN, review("bob", Verdict.REJECTED, OLD), review("eve", Verdict.APPROVED, HEAD)))
                .isEqualTo(Standing.READY);
    }

    @Test
    void one_rejection_holds_it_up_whoever_approved() {
        assertThat(open(GREEN, review("bob", Verdict.REJECTED, HEAD), review("eve", Verdict.APPROVED, HEAD)))
                .isEqualTo(Standing.REJECTED);
    }

    @Test
    void the_author_counts_only_where_that_is_allowed() {
        Review own = review("ada", Verdict.APPROVED, HEAD);

        assertThat(open(GREEN, own)).isEqualTo(Standing.WAITING_FOR_APPROVAL);
        assertThat(of(ProposalState.OPEN, GREEN, new ReviewRules(1, true, false), own))
                .isEqualTo(Standing.READY);
    }

    @Test
    void as_many_have_to_approve_as_the_rules_say() {
        Review bob = review("bob", Verdict.APPROVED, HEAD);
        Review eve = review("eve", Verdict.APPROVED, HEAD);
        ReviewRules two = new ReviewRules(2, false, false);

        assertThat(of(ProposalState.OPEN, GREEN, two, bob)).isEqualTo(Standing.WAITING_FOR_APPROVAL);
        assertThat(of(ProposalState.OPEN, GREEN, two, bob, eve)).isEqualTo(Standing.READY);
        assertThat(of(ProposalState.OPEN, GREEN, new ReviewRules(0, false, false)))
                .isEqualTo(Standing.READY);
    }

    @Test
    void one_that_is_over_stays_so() {
        assertThat(of(ProposalState.MERGED, RED, ReviewRules.USUAL)).isEqualTo(Standing.MERGED);
        assertThat(of(ProposalState.CLOSED, GREEN, ReviewRules.USUAL)).isEqualTo(Standing.CLOSED);
        assertThat(of(ProposalState.MERGING, GREEN, ReviewRules.USUAL)).isEqualTo(Standing.MERGING);
    }

    @Test
    void a_proposal_goes_forward_only() {
        assertThat(ProposalState.OPEN.after(Event.MERGE_BEGAN)).hasValue(ProposalState.MERGING);
        assertThat(ProposalState.OPEN.after(Event.WITHDRAWN)).hasValue(ProposalState.CLOSED);
        assertThat(ProposalState.OPEN.after(Event.MERGE_LANDED)).isEmpty();
        assertThat(ProposalState.MERGING.after(Event.MERGE_LANDED)).hasValue(ProposalState.MERGED);
        assertThat(ProposalState.MERGING.after(Event.TARGET_HAD_MOVED)).hasValue(ProposalState.OPEN);
        assertThat(ProposalState.MERGING.after(Event.WITHDRAWN)).isEmpty();
        for (Event event : Event.values()) {
            assertThat(ProposalState.MERGED.after(event)).isEmpty();
            assertThat(ProposalState.CLOSED.after(event)).isEmpty();
        }
    }
}
