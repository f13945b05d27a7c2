package dev.pawl.store;

import dev.pawl.kernel.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Works on one queue of jobs, several at a time, each attempt on a virtual thread of its own. */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Worker.class.getName());
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration RENEWAL = Duration.ofSeconds(4);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
    private static final int ATTEMPTS = 5;

    /**
     * Does the work, outside of any transaction, and returns what to keep of it: that runs in the transaction that ends the
     * job. An exception means that the attempt broke; it is made again, {@value #ATTEMPTS} times in all.
     */
    public interface Handler {
        Consumer<Tx> attempt(Jobs.Job job) throws Exception;

        /** Runs in the transaction that gives the job up after its last attempt broke. */
        void gaveUp(Tx tx, Jobs.Job job, Throwable error);
    }

    private final String queue;
    private final Database database;
    private final Jobs jobs;
    private final Clock clock;
    private final Handler handler;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Jobs.Job> held = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;
    private boolean fair;

    public Worker(String queue, Database database, Jobs jobs, Clock clock, Handler handler) {
        this.queue = queue;
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
        this.handler = handler;
    }

    /**
     * From now on, of all jobs that are due those come first of whose payload the fewest are under way: whoever adds many does not
     * keep others waiting. To be called before it starts.
     */
    public Worker fair() {
        fair = true;
        return this;
    }

    /** @param parallel how many jobs at a time */
    public Worker start(int parallel) {
        for (int i = 0; i < parallel; i++) {
            threads.add(Thread.ofVirtual().name("worker-" + queue + "-" + i).start(this::loop));
        }
        threads.add(Thread.ofVirtual().name("lease-" + queue).start(this::renew));
        return this;
    }

    /** Stops taking jobs and interrupts those under way; they will be made again. */
    @Override
    public void close() {
        open = false;
        threads.forEach(Thread::interrupt);
        threads.forEach(Worker::join);
    }

    private void loop() {
        while (open) {
            try {
                if (!workOnNext()) {
                    jobs.wake(queue).await(untilDue());
                }
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "worker of " + queue + " will try again", e);
                pause(POLL);
            }
        }
    }

    /** Makes one attempt at the next job that is due, if there is one: package-private so that tests can step. */
    boolean workOnNext() {
        var job = database.transact(tx -> {
            held.forEach(mine -> jobs.renew(tx, mine)); // a clock that jumped must not let us take our own
            return jobs.lease(tx, queue, fair);
        });
        job.ifPresent(leased -> {
            jobs.wake(queue).signal(); // there may be more for the others
            held.add(leased);
            try {
                attempt(leased);
            } finally {
                held.remove(leased); // if even its failure could not be kept, the lease runs out
            }
        });
        return job.isPresent();
    }

    private void attempt(Jobs.Job job) {
        try {
            Consumer<Tx> result = handler.attempt(job);
            database.change(tx -> finish(tx, job, result));
        } catch (InterruptedException e) {
            database.change(tx -> jobs.release(tx, job));
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // also an Error: else its thread would be gone and the job with it
            if (open) {
                broke(job, e);
            }
        }
    }

    private void finish(Tx tx, Jobs.Job job, Consumer<Tx> result) {
        if (jobs.finish(tx, job)) {
            result.accept(tx);
        } else {
            LOG.log(Level.INFO, "the result of {0} came after its lease was lost and is thrown away", job.id());
        }
    }

    private void broke(Jobs.Job job, Throwable error) {
        String text = String.valueOf(error.getMessage());
        if (job.failures() + 1 >= ATTEMPTS) {
            LOG.log(Level.ERROR, "job " + job.id() + " is given up", error);
            database.change(tx -> {
                if (jobs.bury(tx, job, text)) {
                    handler.gaveUp(tx, job, error);
                }
            });
        } else {
            LOG.log(Level.WARNING, "job " + job.id() + " broke and will be tried again", error);
            Instant next = clock.now().plus(FIRST_BACKOFF.multipliedBy(2L << job.failures()));
            database.change(tx -> jobs.postpone(tx, job, next, text));
        }
    }

    private Duration untilDue() {
        Duration wait = database.read(tx -> jobs.nextDue(tx, queue))
                .map(due -> Duration.between(clock.now(), due))
                .orElse(POLL);
        return wait.compareTo(POLL) > 0 ? POLL : wait.isNegative() ? Duration.ZERO : wait;
    }

    private void renew() {
        while (open) {
            pause(RENEWAL);
            try {
                if (open && !held.isEmpty()) {
                    database.change(tx -> held.forEach(mine -> jobs.renew(tx, mine)));
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "leases of " + queue + " could not be renewed", e);
            }
        }
    }

    private void pause(Duration duration) {
        try {
            clock.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
