package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.CollectionReport.Amount;
import dev.pawl.store.ArtifactSweep;
import dev.pawl.store.ArtifactSweep.Kept;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.WaitingWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Deletes runs, entries of the step cache and artifacts that nobody needs and the policy does not keep. Any number of collections,
 * on any number of servers, may run beside all other work; docs/garbage-collection.md says why that is safe.
 */
public final class Collector {
    private static final int BATCH = 100;

    /** Deleting a batch takes less than half of it, or the files are touched once more. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private final Store store;
    private final List<Needs> stages;
    private final CollectionStore rows = new CollectionStore();

    /** @param stages all that keep rows in this database, apart from pipeline itself */
    public Collector(Store store, List<Needs> stages) {
        this.store = store;
        this.stages = List.copyOf(stages);
    }

    /** @param dryRun only tells what would be done */
    public CollectionReport collect(KeepPolicy policy, boolean dryRun) {
        try (ArtifactSweep sweep =
                new ArtifactSweep(store.artifacts(), "collection-" + store.ids().next())) {
            CollectionPlan plan = store.database().read(tx -> plan(tx, policy));
            Instant since = untouchedSince(policy, sweep);
            return dryRun ? foretell(plan, since, sweep) : carryOut(plan, since, sweep);
        }
    }

    /** Keeps a run, or leaves it to the policy again. */
    public void pin(RunId run, boolean pinned) {
        if (!store.database().transact(tx -> rows.pin(tx, run, pinned))) {
            throw PawlException.notFound("no-run", "There is no run " + run + " to pin; it may have been collected");
        }
    }

    private CollectionPlan plan(Tx tx, KeepPolicy policy) {
        return CollectionPlan.of(
                policy,
                rows.runs(tx),
                needed(tx, Set.of()).runs(),
                rows.cache(tx),
                rows.cacheUses(tx),
                store.clock().now());
    }

    /**
     * The age that an object must have. Whoever has an artifact in hand that no row names is an open run, or a job, and began before;
     * or it is a request, which is over within the grace.
     */
    private Instant untouchedSince(KeepPolicy policy, ArtifactSweep sweep) {
        Instant now = store.clock().now();
        Duration oldest = store.database()
                .read(tx -> Stream.concat(rows.oldestOpen(tx).stream(), new WaitingWork(store).oldestJob(tx).stream())
                        .min(Comparator.naturalOrder()))
                .map(began -> Duration.between(began, now))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
        return sweep.now().minus(oldest).minus(policy.grace());
    }

    private CollectionReport foretell(CollectionPlan plan, Instant since, ArtifactSweep sweep) {
        Map<Digest, String> neededNow = artifacts(sweep, Set.of(), Set.of());
        Map<Digest, String> neededThen = artifacts(sweep, plan.going(), Set.copyOf(plan.cache()));
        Tally tally = new Tally();
        for (Kept kept : sweep.kept()) {
            String why = neededThen.get(kept.digest());
            boolean old =
                    !neededNow.containsKey(kept.digest()) && kept.touched().isBefore(since);
            tally.add(kept, Optional.ofNullable(why), old);
        }
        return tally.report(true, plan, plan.runs().size(), plan.cache().size(), since);
    }

    private CollectionReport carryOut(CollectionPlan plan, Instant since, ArtifactSweep sweep) {
        sweep.tidy(since);
        int runs = 0;
        for (int from = 0; from < plan.runs().size(); from += BATCH) {
            List<RunId> batch =
                    plan.runs().subList(from, Math.min(from + BATCH, plan.runs().size()));
            Set<Digest> named = store.database().read(tx -> named(tx, Set.copyOf(batch)));
            runs += letGo(named, sweep, tx -> deleteRuns(tx, batch));
        }
        int entries = 0;
        for (int from = 0; from < plan.cache().size(); from += BATCH) {
            var batch = plan.cache()
                    .subList(from, Math.min(from + BATCH, plan.cache().size()));
            Needed cached = new Needed(Set.of());
            batch.forEach(entry -> cached.text(entry.outputs(), "cache"));
            entries += letGo(cached.artifacts().keySet(), sweep, tx -> rows.deleteCache(tx, batch));
        }
        Map<Digest, String> needed = artifacts(sweep, Set.of(), Set.of());
        List<Kept> all = sweep.kept();
        List<Kept> aside = all.stream()
                .filter(kept -> !needed.containsKey(kept.digest()))
                .filter(kept -> kept.touched().isBefore(since))
                .filter(kept -> sweep.setAside(kept.digest(), since))
                .toList();
        Map<Digest, String> second = aside.isEmpty() ? needed : artifacts(sweep, Set.of(), Set.of());
        Set<Digest> gone = new HashSet<>();
        for (Kept kept : aside) {
            if (second.containsKey(kept.digest())) {
                sweep.bringBack(kept.digest());
            } else if (sweep.delete(kept.digest())) {
                gone.add(kept.digest());
            }
        }
        Tally tally = new Tally();
        all.forEach(
                kept -> tally.add(kept, Optional.ofNullable(second.get(kept.digest())), gone.contains(kept.digest())));
        return tally.report(false, plan, runs, entries, since);
    }

    /**
     * Deletes rows. What they have named counts as touched at a moment when they are gone already: whoever has read it there may still
     * use it. It is touched ahead, with a time to come, so that no other transaction waits for as many files as there may be.
     */
    private int letGo(Set<Digest> named, ArtifactSweep sweep, Function<Tx, Integer> delete) {
        Set<Digest> all = withContents(named, sweep);
        long begin = store.clock().nanos();
        sweep.touch(all, AHEAD);
        return store.database().transact(tx -> {
            int gone = delete.apply(tx);
            if (store.clock().nanos() - begin > AHEAD.dividedBy(2).toNanos()) {
                sweep.touch(all, AHEAD);
            }
            return gone;
        });
    }

    /** What only these runs have named, and what stages have named for them. */
    private Set<Digest> named(Tx tx, Set<RunId> going) {
        Set<Digest> named = new HashSet<>(needed(tx, Set.of()).artifacts().keySet());
        named.removeAll(needed(tx, going).artifacts().keySet());
        named.addAll(rows.named(tx, going));
        return named;
    }

    private int deleteRuns(Tx tx, List<RunId> batch) {
        Map<RunId, String> needed = needed(tx, Set.of()).runs();
        List<RunId> going =
                batch.stream().filter(run -> !needed.containsKey(run)).toList();
        List<RunId> gone = rows.delete(tx, going);
        stages.forEach(stage -> stage.forget(tx, gone));
        return gone.size();
    }

    private static Set<Digest> withContents(Set<Digest> named, ArtifactSweep sweep) {
        Map<Digest, String> all = new HashMap<>();
        named.forEach(digest -> all.put(digest, ""));
        addContents(all, sweep);
        return all.keySet();
    }

    private Needed needed(Tx tx, Set<RunId> going) {
        Needed needed = new Needed(going);
        new WaitingWork(store).needs(tx, needed);
        stages.forEach(stage -> stage.needs(tx, needed));
        return needed;
    }

    /** All that is needed, with what folders consist of. */
    private Map<Digest, String> artifacts(
            ArtifactSweep sweep, Set<RunId> going, Set<CollectionStore.CacheEntry> without) {
        Needed needed = store.database().read(tx -> {
            Needed found = needed(tx, going);
            rows.needs(tx, found);
            rows.cache(tx).stream()
                    .filter(entry -> !without.contains(entry))
                    .forEach(entry -> found.text(entry.outputs(), "the step cache"));
            return found;
        });
        Map<Digest, String> all = new HashMap<>(needed.artifacts());
        addContents(all, sweep);
        return all;
    }

    private static void addContents(Map<Digest, String> all, ArtifactSweep sweep) {
        Deque<Digest> open = new ArrayDeque<>(new ArrayList<>(all.keySet()));
        while (!open.isEmpty()) {
            Digest folder = open.pop();
            String why = all.getOrDefault(folder, "");
            sweep.contents(folder).forEach(member -> {
                if (all.putIfAbsent(member, why) == null) {
                    open.push(member);
                }
            });
        }
    }

    /** Adds up what becomes of the artifacts. */
    private static final class Tally {
        private final SortedMap<String, Amount> stay = new TreeMap<>();
        private Amount gone = Amount.NOTHING;
        private Amount later = Amount.NOTHING;

        void add(Kept kept, Optional<String> needed, boolean goes) {
            Amount one = new Amount(1, kept.bytes());
            if (needed.isPresent()) {
                stay.merge(needed.get(), one, Amount::plus);
            } else if (goes) {
                gone = gone.plus(one);
            } else {
                later = later.plus(one);
            }
        }

        CollectionReport report(boolean dryRun, CollectionPlan plan, int runs, int entries, Instant since) {
            SortedMap<String, Integer> stays = new TreeMap<>();
            plan.stays().values().forEach(why -> stays.merge(why, 1, Integer::sum));
            return new CollectionReport(dryRun, runs, stays, entries, gone, later, since, stay);
        }
    }
}
