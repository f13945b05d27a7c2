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
     * @param reproduces the run that it makes again, if it does: from that one's view of the data, and nothing comes from the cache
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
            Optional<RunId> resumes,
            Optional<RunId> reproduces) {

        /** A run that reproduces none. */
        public RunSpec(
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
                    priority,
                    parent,
                    resumes,
                    Optional.empty());
        }

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
                    resumes,
                    reproduces);
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
                    resumes,
                    reproduces);
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
                    Optional.of(id),
                    reproduces);
        }

        /** The very same for itself, whoever this one was for: an experiment. */
        public RunSpec reproducing(RunId next) {
            return new RunSpec(
                    next,
                    project,
                    Fact.Purpose.EXPERIMENT,
                    Optional.empty(),
                    packageDigest,
                    definition,
                    asOf,
                    sample,
                    "reproduces " + id,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(id));
        }
    }
}
