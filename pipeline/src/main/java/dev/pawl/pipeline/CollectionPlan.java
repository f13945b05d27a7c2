package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.CollectionStore.CacheEntry;
import dev.pawl.pipeline.CollectionStore.CacheUse;
import dev.pawl.pipeline.KeepPolicy.Candidate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which runs and which entries of the step cache go. An entry stays while it is as new as the policy keeps runs, or while a run
 * that stays has used it; and with an entry that is used stays the run that made it, whose metrics go with it. Pure.
 */
record CollectionPlan(Map<RunId, String> stays, List<RunId> runs, List<CacheEntry> cache) {
    private static final String MAKER = "made what the cache gives to runs that are kept";

    static CollectionPlan of(
            KeepPolicy policy,
            List<Candidate> all,
            Map<RunId, String> needed,
            List<CacheEntry> cache,
            List<CacheUse> uses,
            Instant now) {
        Map<RunId, String> stays = new HashMap<>(policy.stays(all, needed, now));
        Set<Digest> used = new HashSet<>();
        boolean more = true;
        while (more) {
            uses.stream().filter(use -> stays.containsKey(use.used())).forEach(use -> used.add(use.key()));
            int before = stays.size();
            cache.stream()
                    .filter(entry -> used.contains(entry.key()) || isNew(policy, entry, now))
                    .forEach(entry -> stays.putIfAbsent(entry.maker(), MAKER));
            more = stays.size() > before;
        }
        Set<RunId> known = all.stream().map(Candidate::id).collect(Collectors.toSet());
        stays.keySet().retainAll(known);
        return new CollectionPlan(
                stays,
                known.stream().filter(run -> !stays.containsKey(run)).toList(),
                cache.stream()
                        .filter(entry -> !used.contains(entry.key()) && !isNew(policy, entry, now))
                        .toList());
    }

    private static boolean isNew(KeepPolicy policy, CacheEntry entry, Instant now) {
        return entry.keptAt().isAfter(now.minus(policy.runs()));
    }

    Set<RunId> going() {
        return Set.copyOf(runs);
    }
}
