package dev.pawl.executor;

import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of a pool of workers: who is busy, who is idle, and who comes next. Starting and ending workers takes time and is done by
 * those who hold a place. Safe for use by many threads.
 */
final class WorkerPlaces {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final WorkerSettings settings;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Who was used last is at the end. */
    private final List<Idle> idle = new ArrayList<>();

    private final Set<Worker> busy = new HashSet<>();
    private int taken;
    private boolean open = true;

    WorkerPlaces(WorkerSettings settings) {
        this.settings = settings;
    }

    /** @param since in nanoseconds of the clock */
    private record Idle(Worker worker, long since) {}

    /** What a step gets. */
    sealed interface Place {
        record Warm(Worker worker) implements Place {}

        /** @param leaving who must be ended before another worker may start here */
        record Room(Optional<Worker> leaving) implements Place {}
    }

    /** Waits while all workers are busy. */
    Place take(WorkerKey key) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = LONGEST_WAIT.toNanos();
            Optional<Place> place = find(key);
            while (place.isEmpty() && left > 0) {
                left = freed.awaitNanos(left);
                place = find(key);
            }
            return place.orElseThrow(() -> PawlException.limit(
                    "no-worker-free", "All %d worker JVMs were busy for %s".formatted(settings.most(), LONGEST_WAIT)));
        } finally {
            lock.unlock();
        }
    }

    /** A worker was started in the place that was taken; false if it comes too late. */
    boolean fill(Worker worker) {
        lock.lock();
        try {
            return open && busy.add(worker);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a worker for the next step if it is fit for one; otherwise it is for the caller to end, and then to {@link #free}. */
    boolean keep(Worker worker, long now) {
        lock.lock();
        try {
            busy.remove(worker);
            boolean fit = open && worker.isUsable() && worker.uses() < settings.mostUses();
            if (fit) {
                idle.add(new Idle(worker, now));
                freed.signal();
            }
            return fit;
        } finally {
            lock.unlock();
        }
    }

    /** A place is empty again. */
    void free() {
        lock.lock();
        try {
            taken--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out those that have been idle for too long, or died; they hold their places until they are freed. */
    List<Worker> takeExpired(long now) {
        lock.lock();
        try {
            List<Worker> expired = idle.stream()
                    .filter(one -> now - one.since() >= settings.idle().toNanos()
                            || !one.worker().isUsable())
                    .map(Idle::worker)
                    .toList();
            idle.removeIf(one -> expired.contains(one.worker()));
            return expired;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all: nobody gets a place any more. */
    List<Worker> close() {
        lock.lock();
        try {
            open = false;
            List<Worker> all = new ArrayList<>(busy);
            idle.forEach(one -> all.add(one.worker()));
            idle.clear();
            freed.signalAll();
            closing.countDown();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the places were closed meanwhile. */
    boolean awaitClose(Duration atMost) throws InterruptedException {
        return closing.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean has(long pid) {
        lock.lock();
        try {
            return busy.stream().anyMatch(worker -> worker.started().pid() == pid)
                    || idle.stream().anyMatch(one -> one.worker().started().pid() == pid);
        } finally {
            lock.unlock();
        }
    }

    static PawlException closed() {
        return PawlException.conflict("closed", "No step can begin: this Pawl is ending");
    }

    private Optional<Place> find(WorkerKey key) {
        if (!open) {
            throw closed();
        }
        Optional<Worker> warm = takeWarm(key);
        if (warm.isPresent()) {
            return warm.map(Place.Warm::new);
        }
        if (taken < settings.most()) {
            taken++;
            return Optional.of(new Place.Room(Optional.empty()));
        }
        return idle.isEmpty()
                ? Optional.empty()
                : Optional.of(new Place.Room(Optional.of(idle.removeFirst().worker())));
    }

    /** The one that was used last: the others get old enough to be ended. */
    private Optional<Worker> takeWarm(WorkerKey key) {
        for (Idle one : idle.reversed()) {
            if (one.worker().key().equals(key) && one.worker().isUsable()) {
                idle.remove(one);
                busy.add(one.worker());
                return Optional.of(one.worker());
            }
        }
        return Optional.empty();
    }
}
