package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What came of an attempt. */
sealed interface StepOutcome {
    /** @param log empty if nothing was printed */
    record Done(CacheKey key, SortedMap<String, Digest> outputs, List<MetricPoint> metrics, Optional<Digest> log)
            implements StepOutcome {}

    /** @param metrics those of the step that made it */
    record Found(CacheKey key, StepCacheStore.Entry entry, List<MetricPoint> metrics) implements StepOutcome {}

    /** The step's condition was not true. */
    record Declined(String because) implements StepOutcome {}

    /** @param items for each item what it takes of each list, by input */
    record Expanded(List<SortedMap<String, Digest>> items) implements StepOutcome {}

    /** @param outputs lists of what the items gave */
    record Collected(SortedMap<String, Digest> outputs) implements StepOutcome {}

    /**
     * @param how failed, timed out, lost or interrupted
     * @param again whether a new attempt could do better
     */
    record Broke(AttemptMachine.Ending how, String error, boolean again, Optional<Digest> log) implements StepOutcome {}
}
