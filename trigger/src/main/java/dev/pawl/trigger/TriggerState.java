package dev.pawl.trigger;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the triggers of one environment of a project go by.
 *
 * @param eventTime the latest moment that live windows have told
 * @param open the run that was asked for and has not ended
 * @param last the last run asked for, whatever the reason
 * @param automatic the last run asked for by itself, unless it failed
 * @param scheduleSince wall time up to which the schedule has been kept
 * @param rowsRun the run that {@code rows} belong to
 * @param rows of each source, as that run saw them
 */
record TriggerState(
        Optional<Instant> eventTime,
        Optional<RunId> open,
        Optional<Requested> last,
        Optional<Requested> automatic,
        Optional<Fact.Reason> reason,
        Instant scheduleSince,
        Optional<RunId> rowsRun,
        Map<String, Long> rows) {

    /** @param chosen whether a person chose the moment, so that it says nothing about what time it is */
    record Requested(RunId run, Instant asOf, boolean chosen) {}

    /** The present of the environment. */
    Instant present(Instant now) {
        return eventTime.orElse(now);
    }

    /** The rows of a source that the last run saw, if they were counted. */
    Optional<Long> rowsOfLastRun(String source) {
        boolean counted = rowsRun.isPresent() && rowsRun.equals(last.map(Requested::run));
        return counted ? Optional.ofNullable(rows.get(source)) : Optional.empty();
    }
}
