package dev.pawl.pipeline;

import java.time.Instant;
import java.util.SortedMap;

/**
 * What a collection did, or would do.
 *
 * @param runsGone how many runs
 * @param runsStay how many others, by reason
 * @param cacheEntriesGone how many entries of the step cache
 * @param gone artifacts that are deleted
 * @param later artifacts that nobody needs, but that were put or let go of too recently: they go in a later collection
 * @param untouchedSince artifacts that were touched since this moment are not deleted
 * @param stay artifacts that are needed, by the first reason found
 */
public record CollectionReport(
        boolean dryRun,
        int runsGone,
        SortedMap<String, Integer> runsStay,
        int cacheEntriesGone,
        Amount gone,
        Amount later,
        Instant untouchedSince,
        SortedMap<String, Amount> stay) {

    /** So many artifacts of so many bytes. */
    public record Amount(long artifacts, long bytes) {
        static final Amount NOTHING = new Amount(0, 0);

        Amount plus(Amount other) {
            return new Amount(artifacts + other.artifacts, bytes + other.bytes);
        }
    }
}
