package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProposalId;
import dev.pawl.source.ProposalState.Event;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Repository;

/**
 * Merges proposals. What is about to happen is durable before the target moves; then the target moves, if it still is where it was, in
 * the transaction that tells of it. A server that is killed in between finds out at its next start, or at the next merge, whether the
 * target has the merge: told once, or not merged. Safe for use by many threads.
 */
final class Merges {
    private static final Logger LOG = System.getLogger(Merges.class.getName());

    private final Store store;
    private final GitRepositories repositories;
    private final Proposals proposals;
    private final ProposalStore rows = new ProposalStore();
    private final RuleStore rules = new RuleStore();
    private final BranchStore branches;
    private final ReentrantLock alone = new ReentrantLock();

    Merges(Store store, GitRepositories repositories, Proposals proposals) {
        this.store = store;
        this.repositories = repositories;
        this.proposals = proposals;
        this.branches = new BranchStore(store.ledger());
    }

    /** Ends what a server that was killed had begun. To be called before anybody else can move a branch. */
    void start() {
        List<Proposal> begun = store.database()
                .read(tx -> rows.list(tx, Optional.empty(), Optional.of(ProposalState.MERGING), Integer.MAX_VALUE));
        begun.stream()
                .filter(it -> repositories.projects().contains(it.project())) // others are another server's
                .forEach(this::landLater);
    }

    private void landLater(Proposal begun) {
        try {
            land(begun);
        } catch (PawlException e) {
            LOG.log(Level.WARNING, "a merge that was cut short: {0}", e.getMessage());
        }
    }

    /** @throws PawlException that says why it is not merged; then nothing has moved */
    ProposalView merge(ProposalId id, String by) {
        Proposals.requireName(by);
        alone.lock();
        try {
            Proposal found = store.database().read(tx -> proposals.require(tx, id));
            if (found.state() == ProposalState.MERGING) {
                land(found); // a database that failed in the middle left it so
            }
            land(begin(id, by));
            return proposals.view(id);
        } finally {
            alone.unlock();
        }
    }

    private Proposal begin(ProposalId id, String by) {
        ProposalView view = requireReady(proposals.view(id));
        try (Repository repository = repositories.open(view.project())) {
            BranchMerge git = new BranchMerge(repository);
            CommitId expected = git.head(view.target())
                    .orElseThrow(() -> PawlException.conflict(
                            "no-branch", "The target '%s' of %s is gone".formatted(view.target(), id)));
            CommitId result =
                    git.result(expected, view.head(), by, store.clock().now(), message(view));
            return store.database().transact(tx -> {
                Proposal now = proposals.require(tx, id);
                ProposalView seen = requireReady(proposals.view(tx, now));
                if (!seen.head().equals(view.head()) || !rows.move(tx, now, Event.MERGE_BEGAN)) {
                    throw PawlException.conflict(
                            "head-moved", "The head of %s has just moved: look again".formatted(id));
                }
                rows.mergeBegan(tx, id, expected, result, by);
                return proposals.require(tx, id);
            });
        }
    }

    private static ProposalView requireReady(ProposalView view) {
        if (view.standing() != Standing.READY) {
            throw PawlException.conflict("not-ready", "%s is not merged: %s".formatted(view.id(), view.obstacle()));
        }
        return view;
    }

    private void land(Proposal begun) {
        boolean landed;
        try (Repository repository = repositories.open(begun.project())) {
            BranchMerge git = new BranchMerge(repository);
            landed = store.database().transact(tx -> land(tx, git, begun));
        }
        if (!landed) {
            throw PawlException.conflict(
                    "target-moved",
                    "'%s' has just moved, and %s is not merged: try again".formatted(begun.target(), begun.id()));
        }
    }

    private boolean land(Tx tx, BranchMerge git, Proposal begun) {
        branches.lock(tx, begun.project()); // nobody tells of the target before the merge is told
        CommitId expected = begun.expected().orElseThrow();
        CommitId result = begun.result().orElseThrow();
        String by = begun.mergedBy().orElseThrow();
        boolean landed = git.move(begun.target(), expected, result, by)
                || git.head(begun.target())
                        .map(head -> git.contains(head, result))
                        .orElse(false); // it had moved before a kill, or before this transaction was run again
        boolean mine = rows.move(tx, begun, landed ? Event.MERGE_LANDED : Event.TARGET_HAD_MOVED);
        if (!mine) {
            return landed; // another server was quicker, and has told of it
        }
        if (landed) {
            rows.mergeLanded(tx, begun.id(), store.clock().now());
            tell(tx, begun, result, by);
            branches.reconcile(tx, begun.project(), () -> repositories.heads(begun.project()));
        } else {
            rows.mergeFailed(tx, begun.id());
            catchUp(tx, git, begun);
        }
        return landed;
    }

    /** While it was merging, what its branches did was no event for it. */
    private void catchUp(Tx tx, BranchMerge git, Proposal begun) {
        Optional<CommitId> head = git.head(begun.branch());
        head.ifPresentOrElse(
                now -> rows.moved(tx, begun.project(), begun.branch(), now),
                () -> rows.branchGone(tx, begun.project(), begun.branch()));
        if (git.head(begun.target()).isEmpty()) {
            rows.branchGone(tx, begun.project(), begun.target());
        }
    }

    private void tell(Tx tx, Proposal begun, CommitId result, String by) {
        List<String> approvedBy =
                Standing.approvers(begun, rows.reviews(tx, begun.id()), rules.reviewRules(tx, begun.project()));
        store.ledger()
                .append(
                        tx,
                        new Fact.ProposalMerged(
                                begun.project(),
                                begun.id(),
                                begun.branch(),
                                begun.target(),
                                begun.head(),
                                result,
                                begun.author(),
                                approvedBy,
                                by));
    }

    private static String message(ProposalView view) {
        String approved = view.approvedBy().isEmpty() ? "" : "\nApproved by: " + String.join(", ", view.approvedBy());
        return "Merge %s into %s: %s\n\nProposal: %s by %s%s\n"
                .formatted(view.branch(), view.target(), view.title(), view.id(), view.author(), approved);
    }
}
