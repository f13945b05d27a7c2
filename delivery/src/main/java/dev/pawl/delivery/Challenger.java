package dev.pawl.delivery;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registered version on its way to the champion's place.
 *
 * @param asOf the moment in event time whose data it was trained on
 * @param comparedWith the champion at the time of the gates
 * @param features what it takes, in order; empty as long as it has not been started
 * @param registeredAt wall time
 * @param decidedAt wall time; empty while it is waiting
 */
public record Challenger(
        ModelVersion version,
        ProjectName project,
        EnvironmentName environment,
        Digest artifact,
        RunId run,
        Digest definition,
        Instant asOf,
        State state,
        Optional<ModelVersion> comparedWith,
        List<String> features,
        Instant registeredAt,
        Optional<Instant> decidedAt) {

    /** From WAITING to one of the others, once. */
    public enum State {
        WAITING,
        DEPLOYED,
        REJECTED
    }
}
