package dev.pawl.source;

import dev.pawl.store.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** Adds a job for every remote whose next fetch is due. The waiting itself is no job: a server with remotes can be at rest. */
final class Polling implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Polling.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Store store;
    private final Remotes remotes;
    private Optional<Thread> thread = Optional.empty();

    Polling(Store store, Remotes remotes) {
        this.store = store;
        this.remotes = remotes;
    }

    void start() {
        thread = Optional.of(Thread.ofVirtual().name("source-polling").start(this::loop));
    }

    private void loop() {
        try {
            while (true) {
                look();
                store.clock().sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() {
        try {
            remotes.askWhereDue();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "looking for remotes to poll", e);
        }
    }

    @Override
    public void close() {
        thread.ifPresent(running -> {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
