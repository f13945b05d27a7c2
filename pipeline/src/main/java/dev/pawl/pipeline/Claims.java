package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.store.Store;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The claims of one server on runs. They last as long as its lease, which it renews while it lives; a server that dies leaves
 * its runs to the others within {@link #LEASE} and a poll. Safe for use by many threads.
 */
final class Claims {
    static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(4);

    /** So many runs may wait for each place of a server that is alone. */
    static final int AHEAD = 4;

    private final Store store;
    private final ServerStore servers;
    private final String server;
    private final String host;
    private final Thread renewal;

    Claims(Store store, ServerStore servers, String server, String host) {
        this.store = store;
        this.servers = servers;
        this.server = server;
        this.host = host;
        this.renewal = Thread.ofVirtual().name("claims").unstarted(this::renew);
    }

    String server() {
        return server;
    }

    void enter() {
        store.database().change(tx -> {
            if (store.isEmbedded()) {
                servers.removeOthers(tx, server);
            }
            servers.enter(tx, server, host, now(), now().plus(LEASE));
        });
        renewal.start();
    }

    /**
     * Claims runs. While other servers live, it takes no more than it can begin with at once, so that none of them has nothing to
     * do beside a queue; alone it takes some more, and leaves the rest to those that come later. What is to be cancelled is taken
     * in any case.
     *
     * @param spare how many attempts there is room for here, with so many waiting for each place
     */
    List<RunId> claim(int limit, IntUnaryOperator spare) {
        return store.database().transact(tx -> {
            // A server that slept past its lease must not take its own runs for those of a dead one.
            servers.renew(tx, server, now().plus(LEASE));
            boolean shared = servers.othersLive(tx, server, now());
            List<RunId> claimed = new ArrayList<>(servers.claimCancelled(tx, server, now(), limit));
            int more = Math.min(limit - claimed.size(), spare.applyAsInt(shared ? 0 : AHEAD));
            claimed.addAll(servers.claim(tx, server, now(), more));
            return claimed;
        });
    }

    /** Leaves the runs that are open to others, or to the next start. */
    void leave() {
        renewal.interrupt();
        try {
            store.database().change(tx -> servers.leave(tx, server));
        } catch (RuntimeException e) {
            System.getLogger(Claims.class.getName())
                    .log(Level.WARNING, "others learn of this server's end by its lease", e);
        }
    }

    private void renew() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                store.clock().sleep(RENEWAL);
                store.database().change(tx -> servers.renew(tx, server, now().plus(LEASE)));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                System.getLogger(Claims.class.getName())
                        .log(Level.WARNING, "the server's lease could not be renewed", e);
            }
        }
    }

    private Instant now() {
        return store.clock().now();
    }
}
