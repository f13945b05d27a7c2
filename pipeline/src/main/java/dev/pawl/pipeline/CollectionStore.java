package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.KeepPolicy.Candidate;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The rows of runs and of the step cache as a collection sees them. */
final class CollectionStore {
    private static final String RUN = "a run that is kept";
    private static final List<String> TABLES =
            List.of("step", "attempt", "metric", "snapshot", "lineage", "lineage_event");

    /** @param used by a step of this run, which may have made it or found it */
    record CacheUse(Digest key, RunId used) {}

    record CacheEntry(Digest key, RunId maker, Instant keptAt, String outputs) {}

    List<Candidate> runs(Tx tx) {
        return tx.list(CollectionStore::candidate, """
            select id, project, purpose, submitted_at, ended_at, pinned, resumes from run
            """);
    }

    List<CacheEntry> cache(Tx tx) {
        return tx.list(
                row -> new CacheEntry(
                        row.id("cache_key", Digest::new),
                        row.id("run_id", RunId::new),
                        row.instant("kept_at"),
                        row.text("outputs")),
                "select cache_key, run_id, kept_at, outputs from step_cache");
    }

    /** Which runs use which entries of the cache. */
    List<CacheUse> cacheUses(Tx tx) {
        return tx.list(row -> new CacheUse(row.id("cache_key", Digest::new), row.id("run_id", RunId::new)), """
            select distinct s.cache_key, s.run_id from step s join step_cache c on c.cache_key = s.cache_key
            """);
    }

    /** All that the rows of runs name, apart from those that are going. */
    void needs(Tx tx, Needed needed) {
        tell(tx, needed, "select id as run_id, package_digest || ' ' || definition as named from run");
        tell(tx, needed, "select run_id, inputs || ' ' || outputs || ' ' || coalesce(log, '') as named from step");
        tell(tx, needed, "select run_id, log as named from attempt where log is not null");
        tell(tx, needed, "select run_id, artifact as named from snapshot");
        tell(tx, needed, "select run_id, artifact as named from lineage");
    }

    private static void tell(Tx tx, Needed needed, String query) {
        tx.list(
                row -> {
                    if (!needed.isGoing(row.id("run_id", RunId::new))) {
                        needed.text(row.text("named"), RUN);
                    }
                    return true;
                },
                query);
    }

    /** When the oldest run that has not ended was handed in. */
    Optional<Instant> oldestOpen(Tx tx) {
        return tx.first(
                        row -> row.optionalInstant("oldest"),
                        "select min(submitted_at) as oldest from run where ended_at is null")
                .flatMap(oldest -> oldest);
    }

    /** Deletes runs that are still over and not pinned, and that no open run resumes; returns them. */
    List<RunId> delete(Tx tx, List<RunId> going) {
        int[] deleted = tx.batch("""
            delete from run where id = ? and ended_at is not null and pinned = 0
              and not exists (select 1 from run other where other.resumes = run.id and other.ended_at is null)
            """, rows(going));
        List<RunId> gone = IntStream.range(0, deleted.length)
                .filter(i -> deleted[i] == 1)
                .mapToObj(going::get)
                .toList();
        TABLES.forEach(table -> tx.batch("delete from " + table + " where run_id = ?", rows(gone)));
        return gone;
    }

    /** @param kept entries that were made anew meanwhile are left alone */
    int deleteCache(Tx tx, List<CacheEntry> kept) {
        int[] deleted = tx.batch(
                "delete from step_cache where cache_key = ? and kept_at = ? and run_id = ?",
                kept.stream()
                        .map(entry -> new Object[] {entry.key(), entry.keptAt(), entry.maker()})
                        .toList());
        return IntStream.of(deleted).sum();
    }

    /** @return whether there is such a run */
    boolean pin(Tx tx, RunId run, boolean pinned) {
        return tx.update("update run set pinned = ? where id = ?", pinned, run) == 1;
    }

    /** All artifacts that the rows of these runs name. */
    Set<Digest> named(Tx tx, Set<RunId> runs) {
        Needed only = new Needed(Set.of());
        for (RunId run : runs) {
            List.of(
                            "select package_digest || ' ' || definition as named from run where id = ?",
                            "select inputs || ' ' || outputs || ' ' || coalesce(log, '') as named from step where"
                                    + " run_id = ?",
                            "select log as named from attempt where log is not null and run_id = ?",
                            "select artifact as named from snapshot where run_id = ?",
                            "select artifact as named from lineage where run_id = ?")
                    .forEach(query -> tx.list(row -> name(row, only), query, run));
        }
        return only.artifacts().keySet();
    }

    private static boolean name(Row row, Needed needed) {
        needed.text(row.text("named"), RUN);
        return true;
    }

    private static List<Object[]> rows(List<RunId> runs) {
        return runs.stream().map(run -> new Object[] {run}).toList();
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.id("id", RunId::new),
                row.id("project", ProjectName::new),
                row.value("purpose", Purpose.class),
                row.instant("submitted_at"),
                row.optionalInstant("ended_at"),
                row.flag("pinned"),
                row.optionalText("resumes").map(RunId::new));
    }
}
