package dev.pawl.experiment;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.SweepId;
import java.time.Instant;
import java.util.Optional;

/**
 * A sweep as it stands now.
 *
 * @param name as pawl.yaml has it
 * @param folder of the working copy; empty on a server
 * @param definition the one that has the sweep, with its own values of parameters
 * @param asOf the moment in event time whose data all trials see
 * @param trials how many at the most
 */
public record StartedSweep(
        SweepId id,
        String name,
        ProjectName project,
        String folder,
        SourceState source,
        Digest packageDigest,
        Digest definition,
        Instant asOf,
        int trials,
        State state,
        Instant startedAt,
        Optional<Instant> endedAt) {

    /** What becomes of it next. */
    public enum State {
        RUNNING,
        /** No trial begins; it can be resumed. */
        STOPPED,
        /** There is nothing left to try. */
        ENDED
    }
}
