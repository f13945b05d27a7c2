package dev.pawl.delivery;

import dev.pawl.store.Tx;

/** Lets transactions of several servers change one thing in turn, and tells whether it changed since it was looked at. */
final class TurnStore {
    private TurnStore() {}

    /** How often it was changed. */
    static long revision(Tx tx, String name) {
        return tx.number("select coalesce(max(revision), 0) from delivery_turn where name = ?", name);
    }

    /** Waits for the turn and holds it until the transaction ends. */
    static void take(Tx tx, String name) {
        tx.update("insert into delivery_turn (name, revision) values (?, 0) on conflict (name) do nothing", name);
        tx.update("update delivery_turn set revision = revision + 1 where name = ?", name);
    }

    /** Takes the turn, and says whether nobody had it since the revision was read. */
    static boolean takeUnchanged(Tx tx, String name, long revision) {
        take(tx, name);
        return revision(tx, name) == revision + 1;
    }
}
