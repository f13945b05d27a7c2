package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.ProposalId;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/**
 * Branches that shall be merged into others, and what people say of them. Who says it is what they say they are: there are no users yet.
 * Safe for use by many threads.
 */
final class Proposals {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 4_000;

    private final Store store;
    private final GitRepositories repositories;
    private final ProposalStore proposals = new ProposalStore();
    private final RuleStore rules = new RuleStore();
    private final BranchStore branches;

    Proposals(Store store, GitRepositories repositories) {
        this.store = store;
        this.repositories = repositories;
        this.branches = new BranchStore(store.ledger());
    }

    /** @param title the first line of the newest commit's message, where none is given */
    ProposalView propose(ProjectName project, String branch, String target, Optional<String> title, String author) {
        requireName(author);
        try (Repository repository = repositories.open(project)) {
            BranchMerge git = new BranchMerge(repository);
            return view(store.database().transact(tx -> {
                // the ledger knows of the head before anybody decides about it; until the end nobody tells of another
                // one
                branches.reconcile(tx, project, () -> repositories.heads(project));
                CommitId head = requireHead(git, project, branch);
                CommitId base = requireHead(git, project, target);
                if (git.contains(base, head)) {
                    throw PawlException.conflict(
                            "nothing-to-merge", "'%s' has nothing that '%s' does not have".formatted(branch, target));
                }
                String said = title.orElseGet(() -> git.subject(head));
                requireText(said);
                proposals.open(tx, project, branch, target).ifPresent(open -> {
                    throw PawlException.conflict(
                            "proposed-already",
                            "'%s' is proposed for '%s' already: %s".formatted(branch, target, open.id()));
                });
                return proposals.add(
                        tx,
                        project,
                        branch,
                        target,
                        said,
                        author,
                        head,
                        store.clock().now());
            }));
        }
    }

    ProposalView view(ProposalId id) {
        return store.database().read(tx -> view(tx, require(tx, id)));
    }

    /** Newest first. */
    List<ProposalView> list(Optional<ProjectName> project, Optional<ProposalState> state, int limit) {
        return store.database()
                .read(tx -> proposals.list(tx, project, state, limit).stream()
                        .map(it -> view(tx, it))
                        .toList());
    }

    /** @param head what the reviewer saw, if that shall be checked */
    ProposalView review(
            ProposalId id, String reviewer, Review.Verdict verdict, String message, Optional<CommitId> head) {
        requireName(reviewer);
        requireText(message);
        return store.database().transact(tx -> {
            Proposal proposal = requireOpen(tx, id);
            requireSeen(proposal, head);
            if (verdict == Review.Verdict.APPROVED
                    && reviewer.equals(proposal.author())
                    && !rules.reviewRules(tx, proposal.project()).alone()) {
                throw PawlException.conflict(
                        "own-proposal",
                        ("%s is the author of %s and cannot approve it; somebody else can, or allow it for this"
                                        + " project: pawl source rules %s --alone")
                                .formatted(reviewer, id, proposal.project()));
            }
            proposals.review(
                    tx,
                    id,
                    new Review(
                            reviewer,
                            verdict,
                            proposal.head(),
                            message,
                            store.clock().now()));
            return view(tx, proposal);
        });
    }

    ProposalView close(ProposalId id) {
        return store.database().transact(tx -> {
            proposals.move(tx, requireOpen(tx, id), ProposalState.Event.WITHDRAWN);
            return view(tx, require(tx, id));
        });
    }

    ProposalView view(Tx tx, Proposal proposal) {
        return ProposalView.of(
                proposal,
                proposals.verdict(tx, proposal.project(), proposal.head()),
                proposals.reviews(tx, proposal.id()),
                rules.reviewRules(tx, proposal.project()));
    }

    Proposal require(Tx tx, ProposalId id) {
        return proposals
                .find(tx, id)
                .orElseThrow(() -> PawlException.notFound(
                        "no-proposal", "There is no proposal %s; 'pawl review list' shows them".formatted(id)));
    }

    private Proposal requireOpen(Tx tx, ProposalId id) {
        Proposal proposal = require(tx, id);
        if (proposal.state() != ProposalState.OPEN) {
            throw PawlException.conflict(
                    "not-open",
                    "%s is not open: %s".formatted(id, view(tx, proposal).obstacle()));
        }
        return proposal;
    }

    private static void requireSeen(Proposal proposal, Optional<CommitId> head) {
        if (head.isPresent() && !head.get().equals(proposal.head())) {
            throw PawlException.conflict(
                    "head-moved",
                    "The head of %s is %s now, not %s: look at it again"
                            .formatted(proposal.id(), proposal.head(), head.get()));
        }
    }

    private static CommitId requireHead(BranchMerge git, ProjectName project, String branch) {
        return git.head(branch)
                .orElseThrow(() -> PawlException.notFound(
                        "no-branch",
                        "The repository '%s' has no branch '%s': push it first".formatted(project, branch)));
    }

    static void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.equals(name.strip()) || hasControl(name)) {
            throw PawlException.user(
                    "bad-person", "A person's name has from 1 to %d characters in one line".formatted(LONGEST_NAME));
        }
    }

    private static void requireText(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw PawlException.user(
                    "text-too-long", "A title or a message has at most %,d characters".formatted(LONGEST_TEXT));
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
