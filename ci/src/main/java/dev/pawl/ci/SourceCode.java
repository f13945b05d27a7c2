package dev.pawl.ci;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import java.nio.file.Path;
import java.time.Instant;

/** Where CI gets the files of a commit that was pushed. Safe for use by many threads. */
public interface SourceCode {
    /**
     * Writes the files of a commit, as they were committed, into a new folder, and nothing outside of it.
     *
     * @return how many files there were
     * @throws dev.pawl.kernel.PawlException if the commit is not there, or holds what is not checked out
     */
    int checkOut(ProjectName project, CommitId commit, Path folder);

    /** What those files are, for people. */
    default String name(CommitId commit) {
        return "commit " + commit;
    }

    /** Whether what a build of this commit leaves in its caches may be given to builds of others: not if nobody has looked at it. */
    default boolean mayKeepCaches(ProjectName project, CommitId commit) {
        return true;
    }

    /** Whether code of this commit may run in containers only: build, tests and steps. */
    default boolean mustBeContained(ProjectName project, CommitId commit) {
        return false;
    }

    /** When the commit was made, as it says itself; the epoch where it says nothing. */
    default Instant committedAt(ProjectName project, CommitId commit) {
        return Instant.EPOCH;
    }
}
