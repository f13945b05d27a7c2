package dev.pawl.experiment;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import java.util.Optional;

/**
 * Which code ran.
 *
 * @param commit the working copy's commit; empty outside of git or before the first commit
 * @param changes what was not committed, new files included, as a patch on that commit; empty if nothing
 */
public record SourceState(Optional<CommitId> commit, Optional<Digest> changes) {
    static final SourceState UNKNOWN = new SourceState(Optional.empty(), Optional.empty());
}
