package dev.pawl.trigger;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The one loop that looks at schedules and new data: when something tells it to, when a schedule is due, and now and then. */
final class Poll implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Poll.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private final Database database;
    private final Clock clock;
    private final TriggerStore store;
    private final Schedule schedule;
    private final NewData newData;
    private final Semaphore bell = new Semaphore(0);
    private final AtomicLong rung = new AtomicLong();
    private final AtomicLong rungBeforeCheck = new AtomicLong(-1);
    private volatile boolean expecting = false;
    private volatile boolean open = true;
    private volatile Optional<String> trouble = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    Poll(Database database, Clock clock, TriggerStore store, Schedule schedule, NewData newData) {
        this.database = database;
        this.clock = clock;
        this.store = store;
        this.schedule = schedule;
        this.newData = newData;
    }

    void start() {
        thread = Optional.of(Thread.ofVirtual().name("trigger-poll").start(this::loop));
    }

    /** A transaction is under way that will ring; between its commit and that, nothing may look settled. */
    void expect() {
        expecting = true;
    }

    /** Look again soon. */
    void ring() {
        rung.incrementAndGet();
        expecting = false;
        bell.release();
    }

    /** Whether the last complete look began after the last ring. */
    boolean settled() {
        return !expecting && rungBeforeCheck.get() == rung.get();
    }

    /** What kept the last look from being complete, if anything did. */
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        open = false;
        thread.ifPresent(it -> {
            it.interrupt();
            try {
                it.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void loop() {
        while (open) {
            try {
                check();
                if (bell.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                } else {
                    expecting = false; // that transaction was rolled back, and another server has handled the fact
                }
            } catch (InterruptedException e) {
                open = false;
            }
        }
    }

    /** Looks once at everything; trouble with one pipeline does not keep the others waiting. */
    void check() throws InterruptedException {
        long before = rung.get();
        Optional<String> found = Optional.empty();
        Optional<List<DeployedPipeline>> pipelines = deployed();
        for (DeployedPipeline pipeline : pipelines.orElse(List.of())) {
            try {
                schedule.check(pipeline, clock.now());
                newData.check(pipeline, clock.now());
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                found = Optional.of(pipeline.project() + " in " + pipeline.environment() + ": " + e.getMessage());
                tell(found, e);
            }
        }
        trouble = found;
        pipelines.ifPresent(_ -> rungBeforeCheck.accumulateAndGet(before, Math::max));
    }

    /** Once for each trouble, and without a stack trace for what a person has to put right. */
    private void tell(Optional<String> found, Exception error) {
        if (open && !found.equals(trouble)) {
            String text = "the triggers of " + found.orElse("");
            if (error instanceof PawlException) {
                LOG.log(Level.WARNING, text);
            } else {
                LOG.log(Level.WARNING, text, error);
            }
        }
    }

    private Optional<List<DeployedPipeline>> deployed() {
        try {
            return Optional.of(database.read(store::deployed));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "deployed pipelines cannot be read; the next poll tries again", e);
            return Optional.empty();
        }
    }

    private Duration pause() {
        try {
            Optional<Instant> next = deployed().orElse(List.of()).stream()
                    .flatMap(pipeline -> schedule.next(pipeline).stream())
                    .min(Comparator.naturalOrder());
            Duration until = next.map(at -> Duration.between(clock.now(), at)).orElse(LONGEST_PAUSE);
            Duration bounded = until.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : until;
            return bounded.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : bounded;
        } catch (RuntimeException e) {
            return LONGEST_PAUSE;
        }
    }
}
