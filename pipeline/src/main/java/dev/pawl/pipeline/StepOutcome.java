package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What came of an attempt at a step. */
sealed interface StepOutcome {
    record Done(CacheKey key, SortedMap<String, Digest> outputs, List<MetricPoint> metrics, Digest log)
            implements StepOutcome {}

    record Found(CacheKey key, StepCacheStore.Entry entry) implements StepOutcome {}

    /** @param mayRetry whether a new attempt could do better */
    record Broke(String error, boolean mayRetry, Optional<Digest> log) implements StepOutcome {}
}
