package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of what came of trials, by all that it depends on: the same trial is not made twice. */
final class TrialStore {
    static final int MOST_KEPT = 10_000;

    /** As JSON. */
    Optional<String> find(Tx tx, Digest key) {
        return tx.first(row -> row.text("outcome"), "select outcome from ci_trial where id = ?", key);
    }

    void keep(Tx tx, Digest key, Object outcome, Instant at) {
        tx.update(
                "insert into ci_trial (id, outcome, made_at) values (?, ?, ?) on conflict (id) do nothing",
                key,
                Tx.json(outcome),
                at);
        tx.update("""
            delete from ci_trial where made_at < (select made_at from ci_trial order by made_at desc limit 1 offset ?)
            """, MOST_KEPT);
    }
}
