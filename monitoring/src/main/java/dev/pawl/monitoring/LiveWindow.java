package dev.pawl.monitoring;

import dev.pawl.kernel.ModelVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * A closed window of event time [from, to) of one version.
 *
 * @param closedAt the moment in event time at which all its labels were due
 * @param value the live error on those labels that came, if any did
 * @param limit above which it counts as decayed, if there is one
 */
public record LiveWindow(
        ModelVersion version,
        Instant from,
        Instant to,
        Instant closedAt,
        State state,
        String metric,
        Optional<Double> value,
        Optional<Double> limit,
        long predictions,
        long labels) {

    /** What became of a window. */
    public enum State {
        /** The error is not above the limit. */
        WITHIN_LIMIT,
        /** The error is above the limit: the version has decayed. */
        ABOVE_LIMIT,
        /** Not judged: fewer than half of the predictions have a label. */
        FEW_LABELS,
        /** Not judged: no label came that gives an error. */
        NO_LABELS,
        /** Not judged: another champion took over within it. */
        PARTIAL,
        /** Not judged: the version's reference performance could not be computed. */
        NO_REFERENCE;

        /** Whether the window counts as evidence for or against the version. */
        public boolean judged() {
            return this == WITHIN_LIMIT || this == ABOVE_LIMIT;
        }
    }
}
