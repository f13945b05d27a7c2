package dev.pawl.store;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Fact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stage's own way through the ledger. Each fact is handled in one transaction: the stage's rows, its new facts and its
 * cursor change together or not at all. The cursor's row is locked meanwhile, so that of several servers one handles it.
 */
public final class FactReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FactReader.class.getName());
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Handles one fact in the given transaction; must not do slow work: for that it adds a job. */
    public interface Handler<F extends Fact> {
        void handle(Tx tx, Ledger.Entry entry, F fact);
    }

    private final String name;
    private final Database database;
    private final Ledger ledger;
    private final Clock clock;
    private final Map<Class<? extends Fact>, Handler<Fact>> handlers = new LinkedHashMap<>();
    private final Wake wake = new Wake();
    private final Runnable listener = wake::signal;
    private volatile boolean open = true;
    private volatile Optional<String> trouble = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    public FactReader(String name, Database database, Ledger ledger, Clock clock) {
        this.name = name;
        this.database = database;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Declares a type of fact that this reader cares about. To be called before {@link #start}. */
    public <F extends Fact> FactReader on(Class<F> type, Handler<F> handler) {
        handlers.put(type, (tx, entry, fact) -> handler.handle(tx, entry, type.cast(fact)));
        return this;
    }

    public FactReader start() {
        database.change(tx -> tx.update(
                "insert into ledger_cursor (reader, position) values (?, 0) on conflict (reader) do nothing", name));
        ledger.onAppend(listener);
        thread = Optional.of(Thread.ofVirtual().name("facts-" + name).start(this::loop));
        return this;
    }

    public String name() {
        return name;
    }

    /** Whether every fact for this reader that is in the ledger has been handled. */
    public boolean caughtUp(Tx tx) {
        return ledger.after(tx, cursor(tx, false), handlers.keySet(), 1).isEmpty();
    }

    /** Facts for this reader that it has not handled, oldest first, behind a position. */
    List<Ledger.Entry> waiting(Tx tx, long behind, int limit) {
        return ledger.after(tx, Math.max(behind, cursor(tx, false)), handlers.keySet(), limit);
    }

    /** What keeps this reader from going on, if anything does. */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        open = false;
        ledger.removeListener(listener);
        wake.signal();
        thread.ifPresent(FactReader::join);
    }

    private void loop() {
        Duration pause = FIRST_PAUSE;
        while (open) {
            try {
                if (!handleNext()) {
                    wake.await(POLL);
                }
                trouble = Optional.empty();
                pause = FIRST_PAUSE;
            } catch (RuntimeException | Error e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
                LOG.log(Level.ERROR, "reader " + name + " could not handle a fact and will try again", e);
                pauseFor(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Handles the next fact, if there is one: package-private so that tests can step. */
    boolean handleNext() {
        long seen = database.read(tx -> cursor(tx, false));
        if (database.read(tx -> ledger.after(tx, seen, handlers.keySet(), 1)).isEmpty()) {
            return false;
        }
        return database.transact(this::handleNext);
    }

    private boolean handleNext(Tx tx) {
        List<Ledger.Entry> next = ledger.after(tx, cursor(tx, true), handlers.keySet(), 1);
        if (next.isEmpty()) {
            return false;
        }
        Ledger.Entry entry = next.getFirst();
        Handler<Fact> handler = handlers.get(entry.fact().getClass());
        if (handler != null) {
            handler.handle(tx, entry, entry.fact());
        }
        tx.update("update ledger_cursor set position = ? where reader = ?", entry.position(), name);
        return true;
    }

    private long cursor(Tx tx, boolean forUpdate) {
        String lock = forUpdate && tx.dialect() == Dialect.POSTGRES ? " for update" : "";
        return tx.number("select position from ledger_cursor where reader = ?" + lock, name);
    }

    private void pauseFor(Duration pause) {
        try {
            clock.sleep(pause);
        } catch (InterruptedException e) {
            open = false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
