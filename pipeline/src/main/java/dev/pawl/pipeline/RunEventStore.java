package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What happened to runs and steps, kept until it was told to the endpoint. Positions are dense and commit in order, because whoever
 * adds locks the outbox's row; one server at a time tells of events, so that none overtakes another.
 */
final class RunEventStore {
    record Kept(long position, RunEvent event) {}

    /** In the order in which they are given. */
    void add(Tx tx, List<RunEvent> events) {
        tx.update("update lineage_outbox set last_position = last_position + ?", events.size());
        long first = tx.number("select last_position from lineage_outbox") - events.size() + 1;
        tx.batch(
                "insert into lineage_event (position, run_id, step, kind, at) values (?, ?, ?, ?, ?)",
                IntStream.range(0, events.size())
                        .mapToObj(i -> row(first + i, events.get(i)))
                        .toList());
    }

    private static Object[] row(long position, RunEvent event) {
        return new Object[] {
            position, event.run(), event.step().map(StepName::value).orElse(""), event.kind(), event.at()
        };
    }

    /** Makes one the sender until then; empty if another one is, else the oldest events. */
    List<Kept> claim(Tx tx, String sender, Instant now, Instant until, int limit) {
        int mine = tx.update(
                "update lineage_outbox set sender = ?, sender_until = ? where sender = ? or sender_until <= ?",
                sender,
                until,
                sender,
                now);
        return mine == 0
                ? List.of()
                : tx.list(RunEventStore::kept, "select * from lineage_event order by position limit ?", limit);
    }

    /** Lets another one be the sender. */
    void release(Tx tx, String sender) {
        tx.update("update lineage_outbox set sender_until = 0 where sender = ?", sender);
    }

    /** On an embedded store no other server can be alive. */
    void releaseAll(Tx tx) {
        tx.update("update lineage_outbox set sender_until = 0");
    }

    void remove(Tx tx, List<Kept> told) {
        tx.batch(
                "delete from lineage_event where position = ?",
                told.stream().map(it -> new Object[] {it.position()}).toList());
    }

    /** Forgets the oldest of more than so many; returns how many those were. */
    int dropBeyond(Tx tx, int most) {
        long count = tx.number("select count(*) from lineage_event");
        return count <= most ? 0 : tx.update("""
            delete from lineage_event where position in (
              select position from lineage_event order by position limit ?)
            """, count - most);
    }

    private static Kept kept(Row row) {
        String step = row.text("step");
        return new Kept(
                row.number("position"),
                new RunEvent(
                        row.id("run_id", RunId::new),
                        step.isEmpty() ? Optional.empty() : Optional.of(new StepName(step)),
                        row.value("kind", RunEvent.Kind.class),
                        row.instant("at")));
    }
}
