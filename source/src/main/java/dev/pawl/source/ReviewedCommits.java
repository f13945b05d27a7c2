package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.lib.Repository;

/** Which commits reviewers have let in: by a merge, or by approving a head that is still to be merged. */
final class ReviewedCommits {
    private static final int MOST_PROPOSALS = 1_000;

    private final Store store;
    private final GitRepositories repositories;
    private final ProposalStore proposals = new ProposalStore();
    private final RuleStore rules = new RuleStore();

    ReviewedCommits(Store store, GitRepositories repositories) {
        this.store = store;
        this.repositories = repositories;
    }

    boolean contains(ProjectName project, CommitId commit) {
        List<Protection> reviewed = store.database().read(tx -> rules.protections(tx, project)).stream()
                .filter(Protection::review)
                .toList();
        if (reviewed.isEmpty() || !repositories.hasBranches(project)) {
            return false;
        }
        return isMerged(project, commit, reviewed)
                || store.database().read(tx -> isApproved(tx, project, commit, reviewed));
    }

    private boolean isMerged(ProjectName project, CommitId commit, List<Protection> reviewed) {
        SortedMap<String, CommitId> heads = repositories.heads(project);
        try (Repository repository = repositories.open(project)) {
            BranchMerge git = new BranchMerge(repository);
            return heads.entrySet().stream()
                    .filter(head -> isCovered(head.getKey(), reviewed))
                    .anyMatch(head -> git.contains(head.getValue(), commit));
        }
    }

    /** Somebody has to have looked at it, even where a merge takes no approval. */
    private boolean isApproved(Tx tx, ProjectName project, CommitId commit, List<Protection> reviewed) {
        ReviewRules wanted = rules.reviewRules(tx, project);
        return proposals.list(tx, Optional.of(project), Optional.of(ProposalState.OPEN), MOST_PROPOSALS).stream()
                .filter(it -> it.head().equals(commit) && isCovered(it.target(), reviewed))
                .anyMatch(it -> Standing.isApproved(it, proposals.reviews(tx, it.id()), wanted));
    }

    private static boolean isCovered(String branch, List<Protection> reviewed) {
        return reviewed.stream().anyMatch(it -> it.covers(branch));
    }
}
