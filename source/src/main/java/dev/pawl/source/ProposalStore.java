package dev.pawl.source;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.ProposalId;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Proposals, what reviewers say of them, and what CI says of commits. */
final class ProposalStore {
    /** Numbers them one after the other, also when several are made at once. */
    ProposalId add(
            Tx tx,
            ProjectName project,
            String branch,
            String target,
            String title,
            String author,
            CommitId head,
            Instant at) {
        tx.update("update source_proposal_number set next = next + 1"); // and so locks it
        long number = tx.number("select next from source_proposal_number") - 1;
        ProposalId id = ProposalId.of(number);
        tx.update("""
            insert into source_proposal (id, number, project, branch, target, title, author, head, state, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, id, number, project, branch, target, title, author, head, ProposalState.OPEN, at);
        return id;
    }

    Optional<Proposal> find(Tx tx, ProposalId id) {
        return tx.first(ProposalStore::proposal, "select * from source_proposal where id = ?", id);
    }

    /** Newest first; of one project or of all, in one state or in any. */
    List<Proposal> list(Tx tx, Optional<ProjectName> project, Optional<ProposalState> state, int limit) {
        return tx.list(
                ProposalStore::proposal,
                "select * from source_proposal where (cast(? as text) is null or project = ?)"
                        + " and (cast(? as text) is null or state = ?) order by number desc limit ?",
                project.map(ProjectName::value),
                project.map(ProjectName::value),
                state.map(Enum::name),
                state.map(Enum::name),
                limit);
    }

    Optional<Proposal> open(Tx tx, ProjectName project, String branch, String target) {
        return tx.first(
                ProposalStore::proposal,
                "select * from source_proposal where state = ? and project = ? and branch = ? and target = ?",
                ProposalState.OPEN,
                project,
                branch,
                target);
    }

    /** A branch points to another commit: what was said of its proposals is void with the head that it was about. */
    void moved(Tx tx, ProjectName project, String branch, CommitId head) {
        tx.update(
                "update source_proposal set head = ? where state = ? and project = ? and branch = ?",
                head,
                ProposalState.OPEN,
                project,
                branch);
    }

    void branchGone(Tx tx, ProjectName project, String branch) {
        tx.list(
                        ProposalStore::proposal,
                        "select * from source_proposal where state = ? and project = ? and (branch = ? or target = ?)",
                        ProposalState.OPEN,
                        project,
                        branch,
                        branch)
                .forEach(gone -> move(tx, gone, ProposalState.Event.WITHDRAWN));
    }

    /** Whether the event came in time and to the proposal as it was read. */
    boolean move(Tx tx, Proposal proposal, ProposalState.Event event) {
        return proposal.state()
                .after(event)
                .map(next -> tx.update(
                                "update source_proposal set state = ? where id = ? and state = ? and head = ?",
                                next,
                                proposal.id(),
                                proposal.state(),
                                proposal.head())
                        == 1)
                .orElse(false);
    }

    void mergeBegan(Tx tx, ProposalId id, CommitId expected, CommitId result, String by) {
        tx.update(
                "update source_proposal set expected = ?, result = ?, merged_by = ? where id = ?",
                expected,
                result,
                by,
                id);
    }

    void mergeLanded(Tx tx, ProposalId id, Instant at) {
        tx.update("update source_proposal set merged_at = ? where id = ?", at, id);
    }

    void mergeFailed(Tx tx, ProposalId id) {
        tx.update("update source_proposal set expected = null, result = null, merged_by = null where id = ?", id);
    }

    void review(Tx tx, ProposalId id, Review review) {
        tx.update("""
            insert into source_review (proposal, reviewer, verdict, head, message, at) values (?, ?, ?, ?, ?, ?)
            on conflict (proposal, reviewer) do update set
              verdict = excluded.verdict, head = excluded.head, message = excluded.message, at = excluded.at
            """, id, review.reviewer(), review.verdict(), review.head(), review.message(), review.at());
    }

    /** In the order in which they were given. */
    List<Review> reviews(Tx tx, ProposalId id) {
        return tx.list(
                row -> new Review(
                        row.text("reviewer"),
                        row.value("verdict", Review.Verdict.class),
                        row.id("head", CommitId::new),
                        row.text("message"),
                        row.instant("at")),
                "select * from source_review where proposal = ? order by at, reviewer",
                id);
    }

    void verdict(Tx tx, ProjectName project, CommitId commit, CiVerdict verdict) {
        tx.update("""
            insert into source_verdict (project, commit_id, passed, because, ci_run) values (?, ?, ?, ?, ?)
            on conflict (project, commit_id) do update set
              passed = excluded.passed, because = excluded.because, ci_run = excluded.ci_run
            """, project, commit, verdict.passed(), verdict.because(), verdict.ciRun());
    }

    Optional<CiVerdict> verdict(Tx tx, ProjectName project, CommitId commit) {
        return tx.first(
                row -> new CiVerdict(row.flag("passed"), row.text("because"), row.id("ci_run", CiRunId::new)),
                "select * from source_verdict where project = ? and commit_id = ?",
                project,
                commit);
    }

    private static Proposal proposal(Row row) {
        return new Proposal(
                row.id("id", ProposalId::new),
                row.id("project", ProjectName::new),
                row.text("branch"),
                row.text("target"),
                row.text("title"),
                row.text("author"),
                row.id("head", CommitId::new),
                row.value("state", ProposalState.class),
                row.instant("created_at"),
                row.optionalText("expected").map(CommitId::new),
                row.optionalText("result").map(CommitId::new),
                row.optionalText("merged_by"),
                row.optionalInstant("merged_at"));
    }
}
