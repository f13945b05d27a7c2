package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Dialect;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What happened to runs and steps, kept until it was told to the endpoint. */
final class RunEventStore {
    record Kept(String id, RunEvent event) {}

    void add(Tx tx, List<RunEvent> events, Supplier<String> ids) {
        tx.batch(
                "insert into lineage_event (id, run_id, step, kind, rank, at, claimed_until) values (?, ?, ?, ?, ?, ?,"
                        + " 0)",
                events.stream()
                        .map(event -> new Object[] {
                            ids.get(),
                            event.run(),
                            event.step().map(StepName::value).orElse(""),
                            event.kind(),
                            event.kind().rank(),
                            event.at()
                        })
                        .toList());
    }

    /** Takes the oldest for a while; no other server tells of them meanwhile. */
    List<Kept> claim(Tx tx, Instant now, Instant until, int limit) {
        String skip = tx.dialect() == Dialect.POSTGRES ? "for update skip locked" : "";
        List<Kept> kept = tx.list(RunEventStore::kept, """
            select * from lineage_event where claimed_until <= ? order by at, rank, id limit ?\
            """ + " " + skip, now, limit);
        tx.batch(
                "update lineage_event set claimed_until = ? where id = ?",
                kept.stream().map(it -> new Object[] {until, it.id()}).toList());
        return kept;
    }

    void remove(Tx tx, List<Kept> told) {
        tx.batch(
                "delete from lineage_event where id = ?",
                told.stream().map(it -> new Object[] {it.id()}).toList());
    }

    /** Lets them be told of at once, by whoever comes first. */
    void release(Tx tx, List<Kept> untold) {
        tx.batch(
                "update lineage_event set claimed_until = 0 where id = ?",
                untold.stream().map(it -> new Object[] {it.id()}).toList());
    }

    /** Forgets the oldest of more than so many; returns how many those were. */
    int dropBeyond(Tx tx, int most) {
        long count = tx.number("select count(*) from lineage_event");
        return count <= most ? 0 : tx.update("""
            delete from lineage_event where id in (
              select id from lineage_event order by at, rank, id limit ?)
            """, count - most);
    }

    private static Kept kept(Row row) {
        String step = row.text("step");
        return new Kept(
                row.text("id"),
                new RunEvent(
                        row.id("run_id", RunId::new),
                        step.isEmpty() ? Optional.empty() : Optional.of(new StepName(step)),
                        row.value("kind", RunEvent.Kind.class),
                        row.instant("at")));
    }
}
