package dev.pawl.packaging;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;

/**
 * Where a package's content comes from.
 *
 * @param repository its address
 * @param ref the branch, as git names it in full
 * @param committedAt the only time that what is made of a package may hold: it is the same on every machine
 */
public record Origin(ProjectName project, String repository, String ref, CommitId commit, Instant committedAt) {}
