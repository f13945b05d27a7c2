package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Store;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.jgit.lib.Repository;

/** Which commits reviewers have let in. */
record ReviewedCommits(Store store, GitRepositories repositories) {
    boolean contains(ProjectName project, CommitId commit) {
        List<Protection> reviewed = store.database().read(tx -> new RuleStore().protections(tx, project)).stream()
                .filter(Protection::review)
                .toList();
        if (reviewed.isEmpty() || !repositories.hasBranches(project)) {
            return false;
        }
        SortedMap<String, CommitId> heads = repositories.heads(project);
        try (Repository repository = repositories.open(project)) {
            BranchMerge git = new BranchMerge(repository);
            return heads.entrySet().stream()
                    .filter(head -> reviewed.stream().anyMatch(it -> it.covers(head.getKey())))
                    .anyMatch(head -> git.contains(head.getValue(), commit));
        }
    }
}
