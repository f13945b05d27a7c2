package dev.pawl.delivery;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;
import java.util.Optional;

/**
 * A version's time as champion. A version that comes back by rollback has another time.
 *
 * @param number counts the model's champions from 1
 * @param fallsBackTo the number of the champion that a rollback brings back
 * @param since wall time
 * @param until wall time; empty for the champion of now
 */
public record Champion(
        ModelVersion version,
        int number,
        Optional<Integer> fallsBackTo,
        ProjectName project,
        EnvironmentName environment,
        Digest artifact,
        Digest definition,
        Instant asOf,
        String because,
        Instant since,
        Optional<Instant> until) {}
