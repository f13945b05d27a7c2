package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that source control knows of a project.
 *
 * @param remote where its code comes from, if from elsewhere
 * @param statuses what the host of its code was told last
 */
record SourceView(
        ProjectName project,
        Optional<Remote> remote,
        List<Named> branches,
        List<Named> tags,
        List<Protection> protections,
        ReviewRules reviewRules,
        List<CommitStatus> statuses) {
    static final int MOST_STATUSES = 20;

    /** A branch or a tag. */
    record Named(String name, CommitId commit) {}

    static List<Named> named(SortedMap<String, CommitId> refs) {
        return refs.entrySet().stream()
                .map(ref -> new Named(ref.getKey(), ref.getValue()))
                .toList();
    }
}
