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

    /** The maker of an artifact in one run. */
    Optional<LineageLink> maker(Tx tx, Digest artifact, RunId run) {
        return tx.first(LineageStore::link, """
            select l.* from lineage l join step s on s.run_id = l.run_id and s.name = l.step and s.item = l.item
            where l.artifact = ? and l.role = 'OUTPUT' and l.run_id = ? order by s.place, l.item, l.name limit 1
            """, artifact, run);
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
