package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;

/** Reads which artifact went into which step and came out of which. */
final class LineageStore {
    /**
     * The steps that gave an artifact, the first one first: later ones found it in the cache or made the very same. A step that is
     * fanned out stands for those of its items that gave, or read, the same.
     */
    List<LineageLink> makers(Tx tx, Digest artifact, int limit) {
        return links(tx, artifact, LineageLink.Role.OUTPUT, limit);
    }

    List<LineageLink> readers(Tx tx, Digest artifact, int limit) {
        return links(tx, artifact, LineageLink.Role.INPUT, limit);
    }

    private static List<LineageLink> links(Tx tx, Digest artifact, LineageLink.Role role, int limit) {
        return tx.list(LineageStore::link, """
            select l.* from lineage l join run r on r.id = l.run_id
              join step s on s.run_id = l.run_id and s.name = l.step and s.item = l.item
            where l.artifact = ? and l.role = ?
              and (l.item < 0 or not exists (
                select 1 from lineage w
                where w.run_id = l.run_id and w.step = l.step and w.item < 0 and w.role = l.role and w.name = l.name
                  and w.artifact = l.artifact))
            order by r.submitted_at, l.run_id, s.place, l.item limit ?
            """, artifact, role, limit);
    }

    /** The last step of a run that gave an artifact: if others had given the same, it may have it from them. */
    Optional<LineageLink> lastMaker(Tx tx, Digest artifact, RunId run) {
        return tx.first(LineageStore::link, """
            select l.* from lineage l join step s on s.run_id = l.run_id and s.name = l.step and s.item = l.item
            where l.artifact = ? and l.role = 'OUTPUT' and l.run_id = ? order by s.place desc, l.item, l.name limit 1
            """, artifact, run);
    }

    /** What a step as a whole read or gave by a name. */
    Optional<LineageLink> find(Tx tx, RunId run, StepName step, LineageLink.Role role, String name) {
        return tx.first(
                LineageStore::link,
                "select * from lineage where run_id = ? and step = ? and item = ? and role = ? and name = ?",
                run,
                step,
                StepKey.WHOLE,
                role,
                name);
    }

    /**
     * Where other runs took what a step as a whole gave: by the cache, or because they resumed its run. A step that is fanned out takes
     * item by item; the first one stands for all.
     */
    List<LineageLink> takenOver(Tx tx, LineageLink given, int limit) {
        return tx.list(LineageStore::link, """
            select l.* from step s join run r on r.id = s.run_id
              join lineage l on l.run_id = s.run_id and l.step = s.name and l.item = ? and l.role = 'OUTPUT'
            where s.cached_from = ? and s.item in (?, 0) and s.run_id <> s.cached_from and l.artifact = ?
            order by r.submitted_at, l.run_id, s.place, l.name limit ?
            """, StepKey.WHOLE, given.run(), StepKey.WHOLE, given.artifact(), limit);
    }

    /** Whether other runs took anything from this one: of most, nothing. */
    boolean isTakenFrom(Tx tx, RunId run) {
        return tx.number("""
            select case when exists (
              select 1 from step where cached_from = ? and item in (?, 0) and run_id <> cached_from) then 1 else 0 end
            """, run, StepKey.WHOLE) == 1;
    }

    /** Of a step's output that was taken over, the one that it was taken from; empty if it was made. */
    Optional<LineageLink> origin(Tx tx, LineageLink given) {
        return tx.first(
                LineageStore::link, """
                select l.* from step s
                  join lineage l on l.run_id = s.cached_from and l.artifact = ? and l.role = 'OUTPUT'
                where s.run_id = ? and s.name = ? and s.item = ? and l.run_id <> s.run_id
                order by case when l.step = s.name and l.name = ? then 0 else 1 end, l.item, l.step limit 1
                """, given.artifact(), given.run(), given.step(), given.itemNumber(), given.name());
    }

    /** A run that saw an artifact as this source of data. */
    record Sight(RunId run, String source) {}

    /** The runs that saw as data what a step gave, and began after it had ended; none if it was data to the step's own run. */
    List<Sight> seenAsData(Tx tx, LineageLink given, int limit) {
        return tx.list(
                row -> new Sight(row.id("run_id", RunId::new), row.text("source")),
                """
                select n.run_id, n.source from snapshot n join run r on r.id = n.run_id
                where n.artifact = ?
                  and r.started_at >= (select ended_at from step where run_id = ? and name = ? and item = ?)
                  and not exists (select 1 from snapshot own where own.run_id = ? and own.artifact = n.artifact)
                order by r.submitted_at, n.run_id, n.source limit ?
                """,
                given.artifact(),
                given.run(),
                given.step(),
                given.itemNumber(),
                given.run(),
                limit);
    }

    /** The step that gave, before a run began, what the run saw as data; not one whose own run saw the same. */
    Optional<LineageLink> makerOfData(Tx tx, Digest artifact, RunId seenBy) {
        return tx.first(LineageStore::link, """
            select l.* from lineage l join run r on r.id = l.run_id
              join step s on s.run_id = l.run_id and s.name = l.step and s.item = l.item
            where l.artifact = ? and l.role = 'OUTPUT'
              and s.ended_at <= (select started_at from run where id = ?)
              and not exists (select 1 from snapshot n where n.run_id = l.run_id and n.artifact = l.artifact)
            order by r.submitted_at, l.run_id, s.place, l.item limit 1
            """, artifact, seenBy);
    }

    /** The artifacts from one name up to another, without that one. */
    List<Digest> between(Tx tx, String from, String to, int limit) {
        return tx.list(
                row -> row.id("artifact", Digest::new),
                "select distinct artifact from lineage where artifact >= ? and artifact < ? order by artifact limit ?",
                from,
                to,
                limit);
    }

    /** What one step read or gave. */
    List<LineageLink> of(Tx tx, RunId run, StepName step, int item, LineageLink.Role role) {
        return tx.list(
                LineageStore::link,
                "select * from lineage where run_id = ? and step = ? and item = ? and role = ? order by name",
                run,
                step,
                item,
                role);
    }

    /** Of an item, what its step has as a whole: an element of a list is an artifact that no step gave by itself. */
    List<LineageLink> ofWhole(Tx tx, LineageLink link, LineageLink.Role role) {
        List<LineageLink> whole = of(tx, link.run(), link.step(), StepKey.WHOLE, role);
        return whole.isEmpty() ? of(tx, link.run(), link.step(), link.itemNumber(), role) : whole;
    }

    /** All that went through the steps of a run. */
    List<LineageLink> of(Tx tx, RunId run) {
        return tx.list(
                LineageStore::link, "select * from lineage where run_id = ? order by step, item, role, name", run);
    }

    private static LineageLink link(Row row) {
        int item = row.integer("item");
        return new LineageLink(
                row.id("artifact", Digest::new),
                row.id("run_id", RunId::new),
                row.id("step", StepName::new),
                item == StepKey.WHOLE ? Optional.empty() : Optional.of(item),
                row.value("role", LineageLink.Role.class),
                row.text("name"));
    }
}
