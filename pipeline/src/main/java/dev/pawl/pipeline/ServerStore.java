package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.store.Dialect;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;

/** Which servers live, and which runs are whose. */
final class ServerStore {
    /** Announces a server; whatever an earlier one of its name had is free again. */
    void enter(Tx tx, String server, String host, Instant now, Instant leaseUntil) {
        release(tx, server);
        tx.update("""
            insert into server (id, host, started_at, lease_until) values (?, ?, ?, ?)
            on conflict (id) do update set host = excluded.host, started_at = excluded.started_at,
              lease_until = excluded.lease_until
            """, server, host, now, leaseUntil);
    }

    /** On an embedded store no other server can be alive. */
    void removeOthers(Tx tx, String server) {
        tx.update("delete from server where id <> ?", server);
    }

    void renew(Tx tx, String server, Instant leaseUntil) {
        tx.update("update server set lease_until = ? where id = ?", leaseUntil, server);
    }

    void leave(Tx tx, String server) {
        release(tx, server);
        tx.update("delete from server where id = ?", server);
    }

    boolean othersLive(Tx tx, String server, Instant now) {
        return tx.number("select count(*) from server where id <> ? and lease_until >= ?", server, now) > 0;
    }

    /** Takes open runs that no living server has, the most urgent first. */
    List<RunId> claim(Tx tx, String server, Instant now, int limit) {
        return claim(tx, server, now, limit, "");
    }

    /** The same of those only that are to be cancelled: they need no place. */
    List<RunId> claimCancelled(Tx tx, String server, Instant now, int limit) {
        return claim(tx, server, now, limit, "and cancel_because is not null");
    }

    private static List<RunId> claim(Tx tx, String server, Instant now, int limit, String which) {
        String skip = tx.dialect() == Dialect.POSTGRES ? "for update skip locked" : "";
        List<RunId> runs = tx.list(row -> row.id("id", RunId::new), """
            select id from run
            where ended_at is null %s
              and (owner is null or owner not in (select id from server where lease_until >= ?))
            order by priority desc, submitted_at, id limit ? %s
            """.formatted(which, skip), now, limit);
        tx.batch(
                "update run set owner = ?, generation = generation + 1, started_at = coalesce(started_at, ?) where id"
                        + " = ?",
                runs.stream().map(run -> new Object[] {server, now, run}).toList());
        return runs;
    }

    private static void release(Tx tx, String server) {
        tx.update("update run set owner = null where owner = ? and ended_at is null", server);
    }
}
