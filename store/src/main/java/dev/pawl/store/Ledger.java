package dev.pawl.store;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Fact;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The durable, ordered list of facts that connects the stages. Append only; positions are dense and become visible in their
 * own order, so that a reader that saw a position has seen all before it. Safe for use by many threads and servers.
 */
public final class Ledger {
    private static final Map<String, Class<? extends Fact>> TYPES = Stream.of(Fact.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type.asSubclass(Fact.class)));

    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Ledger(Clock clock) {
        this.clock = clock;
    }

    /** A fact with its place in the order and the wall time at which it was appended. */
    public record Entry(long position, Instant at, Fact fact) {
        public String type() {
            return fact.getClass().getSimpleName();
        }
    }

    /** Appends within the transaction in which the fact becomes true. */
    public void append(Tx tx, Fact fact) {
        tx.update("update ledger_head set position = position + 1 where id = 1");
        long position = tx.number("select position from ledger_head where id = 1");
        tx.update(
                "insert into fact (position, at, project, type, body) values (?, ?, ?, ?, ?)",
                position,
                clock.now(),
                fact.project(),
                fact.getClass().getSimpleName(),
                Tx.json(fact));
        tx.afterCommit(this::wake);
    }

    /** The facts after a position, oldest first. */
    public List<Entry> after(Tx tx, long position, int limit) {
        return tx.list(
                Ledger::entry, "select * from fact where position > ? order by position limit ?", position, limit);
    }

    /** The newest facts, newest first. */
    public List<Entry> newest(Tx tx, int limit) {
        return tx.list(Ledger::entry, "select * from fact order by position desc limit ?", limit);
    }

    public long position(Tx tx) {
        return tx.number("select position from ledger_head where id = 1");
    }

    List<Entry> after(Tx tx, long position, Collection<Class<? extends Fact>> types, int limit) {
        String marks = types.stream().map(type -> "?").collect(Collectors.joining(", "));
        return tx.list(
                Ledger::entry,
                "select * from fact where position > ? and type in (" + marks + ") order by position limit ?",
                Stream.of(Stream.of(position), types.stream().map(Class::getSimpleName), Stream.of(limit))
                        .flatMap(Function.identity())
                        .toArray());
    }

    /** Called after every commit that appended; must return at once. */
    void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private void wake() {
        listeners.forEach(Runnable::run);
    }

    private static Entry entry(Row row) {
        Class<? extends Fact> type = TYPES.get(row.text("type"));
        if (type == null) {
            throw new IllegalStateException("the ledger holds a fact of the unknown type " + row.text("type"));
        }
        return new Entry(row.number("position"), row.instant("at"), row.json("body", type));
    }
}
