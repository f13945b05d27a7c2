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
     * @param priority runs with a higher one come first; 0 is usual
     * @param parent the sweep or backfill that the run is part of, if it is
     * @param resumes the run whose finished steps it takes over, if it does
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
            String reason,
            int priority,
            Optional<String> parent,
            Optional<RunId> resumes) {

        /** A run that stands for itself. */
        public RunSpec(
                RunId id,
                ProjectName project,
                Fact.Purpose purpose,
                Optional<EnvironmentName> environment,
                Digest packageDigest,
                Digest definition,
                Instant asOf,
                Optional<Integer> sample,
                String reason) {
            this(
                    id,
                    project,
                    purpose,
                    environment,
                    packageDigest,
                    definition,
                    asOf,
                    sample,
                    reason,
                    0,
                    Optional.empty(),
                    Optional.empty());
        }

        public RunSpec withPriority(int other) {
            return new RunSpec(
                    id,
                    project,
                    purpose,
                    environment,
                    packageDigest,
                    definition,
                    asOf,
                    sample,
                    reason,
                    other,
                    parent,
                    resumes);
        }

        public RunSpec partOf(String whole) {
            return new RunSpec(
                    id,
                    project,
                    purpose,
                    environment,
                    packageDigest,
                    definition,
                    asOf,
                    sample,
                    reason,
                    priority,
                    Optional.of(whole),
                    resumes);
        }

        /** The same once more, taking over what this one finished. */
        public RunSpec resuming(RunId next) {
            return new RunSpec(
                    next,
                    project,
                    purpose,
                    environment,
                    packageDigest,
                    definition,
                    asOf,
                    sample,
                    reason,
                    priority,
                    parent,
                    Optional.of(id));
        }
    }
}
