package dev.pawl.registry;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import java.time.Instant;
import java.util.Map;

/**
 * A version of a model with its lineage.
 *
 * @param run the production run that trained it
 * @param artifact the model's file
 * @param holdout the table of rows that it has not seen in training
 * @param packageDigest what the run ran
 * @param asOf the moment in event time whose data it was trained on
 * @param outputs all artifacts of the run, by {@code step} or {@code step.output}
 * @param because why it is in this state, for people; empty while nobody has decided
 */
public record RegisteredVersion(
        ModelVersion version,
        ProjectName project,
        EnvironmentName environment,
        RunId run,
        Digest artifact,
        Digest holdout,
        Digest packageDigest,
        Digest definition,
        Instant asOf,
        Map<String, Digest> outputs,
        State state,
        String because,
        Instant created) {

    /** Where a version stands. */
    public enum State {
        /** No gate has decided yet. */
        REGISTERED,
        /** Answers predictions. */
        CHAMPION,
        /** Was the champion. */
        RETIRED,
        /** A gate turned it down. */
        REJECTED
    }
}
