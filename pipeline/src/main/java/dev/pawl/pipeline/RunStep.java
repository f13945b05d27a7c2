package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * A step of a run as it stands now.
 *
 * @param item which one, if the step is fanned out and this is one of its items
 * @param attempt the newest one; 0 before the first
 * @param cacheKey digest of the key's parts
 * @param keyParts what the cache key was made of: two steps' parts tell why one ran again
 * @param cachedFrom the run whose outputs these are, if they came from the cache
 * @param inputs artifacts by input name, snapshots of data among them
 * @param outputs artifacts by output name
 * @param error of the newest attempt that failed, or why it was skipped
 * @param log of the newest attempt that had a process
 */
public record RunStep(
        RunId run,
        StepName name,
        Optional<Integer> item,
        StepState state,
        int attempt,
        Optional<Digest> cacheKey,
        Optional<JsonNode> keyParts,
        Optional<RunId> cachedFrom,
        SortedMap<String, Digest> inputs,
        SortedMap<String, Digest> outputs,
        Optional<String> error,
        Optional<Digest> log,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {}
