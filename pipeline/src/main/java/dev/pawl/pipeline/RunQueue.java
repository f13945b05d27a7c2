package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** Where a stage hands in a run. When it ends, a {@link Fact.RunFinished} says so. */
public interface RunQueue {
    /** Hands in a run within the caller's transaction. A run id that is known already is left alone. */
    void submit(Tx tx, RunSpec run);

    /**
     * What to run.
     *
     * @param packageDigest the folder that steps see: jars, scripts, pawl.yaml, relative data
     * @param definition the compiled definition
     * @param asOf the moment in event time whose data the run sees
     * @param sample only so many first rows of each source, if given
     * @param reason why, for people
     */
    record RunSpec(
            RunId id,
            ProjectName project,
            Fact.Purpose purpose,
            Optional<EnvironmentName> environment,
            Digest packageDigest,
            Digest definition,
            Instant asOf,
            Optional<Integer> sample,
            String reason) {}
}
