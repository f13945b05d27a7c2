package dev.pawl.app;

import dev.pawl.ci.SourceCode;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.source.SourceControl;
import java.nio.file.Path;
import java.time.Instant;

/** What CI checks on a server: commits of source control. */
record CommittedCode(SourceControl source) implements SourceCode {
    @Override
    public int checkOut(ProjectName project, CommitId commit, Path folder) {
        return source.checkOut(project, commit, folder);
    }

    @Override
    public boolean mayKeepCaches(ProjectName project, CommitId commit) {
        return !source.asksForReviews(project) || source.isReviewed(project, commit);
    }

    @Override
    public boolean mustBeContained(ProjectName project, CommitId commit) {
        return source.mustBeContained(project, commit);
    }

    @Override
    public Instant committedAt(ProjectName project, CommitId commit) {
        return source.committedAt(project, commit);
    }
}
