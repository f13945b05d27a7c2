package dev.pawl.pipeline;

import dev.pawl.kernel.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** Collects once a day by a policy, as {@link Collector} does when it is asked. What goes wrong is logged, and tried again the next day. */
public final class DailyCollection implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DailyCollection.class.getName());
    private static final Duration AFTER_START = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Collector collector;
    private final KeepPolicy policy;
    private final Clock clock;
    private Optional<Thread> thread = Optional.empty();

    public DailyCollection(Collector collector, KeepPolicy policy, Clock clock) {
        this.collector = collector;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * The first one comes after an hour: a server that has just begun has other things to do. A platform thread: work on many files and
     * SQLite would hold on to the few that carry virtual ones.
     */
    public DailyCollection start() {
        thread = Optional.of(
                Thread.ofPlatform().daemon().name("daily-collection").start(this::loop));
        return this;
    }

    private void loop() {
        try {
            clock.sleep(AFTER_START);
            while (true) {
                collect();
                clock.sleep(DAY);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void collect() {
        try {
            CollectionReport report = collector.collect(policy, false);
            LOG.log(
                    Level.INFO,
                    "garbage collection: {0} runs and {1} artifacts of {2} bytes are gone",
                    report.runsGone(),
                    report.gone().artifacts(),
                    report.gone().bytes());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "garbage collection", e);
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
