package dev.pawl.executor;

import dev.pawl.executor.Program.JavaCall;
import dev.pawl.executor.WorkerPlaces.Place;
import dev.pawl.kernel.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps worker JVMs warm for the steps to come: a bounded number of them, each for steps of one package with one memory limit.
 * Where another is needed and there is no room, the one that was idle for longest makes room. Safe for use by many threads.
 */
final class WorkerPool implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Clock clock;
    private final WorkerSettings settings;
    private final WorkerStart start;
    private final WorkerPlaces places;

    WorkerPool(Clock clock, WorkerSettings settings, WorkerStart start) {
        this.clock = clock;
        this.settings = settings;
        this.start = start;
        this.places = new WorkerPlaces(settings);
        var _ = Thread.ofVirtual().name("idle-workers").start(this::endIdleNowAndThen);
    }

    Ending run(Execution execution, JavaCall call, Beginning beginning) throws InterruptedException {
        Worker worker = take(WorkerKey.of(call, execution, settings));
        try (StepLog log = execution.openLog()) {
            beginning.began(worker.started());
            return worker.call(execution, call, log);
        } finally {
            giveBack(worker);
        }
    }

    /** Whether this process is a worker of this pool, and so nobody's leftover. */
    boolean owns(long pid) {
        return places.has(pid);
    }

    void deleteLeftovers() {
        start.deleteLeftovers();
    }

    void endIdle() {
        places.takeExpired(clock.nanos()).forEach(this::end);
    }

    @Override
    public void close() {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            places.close().forEach(worker -> threads.execute(worker::end));
        }
        start.close();
    }

    private Worker take(WorkerKey key) throws InterruptedException {
        return switch (places.take(key)) {
            case Place.Warm(Worker worker) -> worker;
            case Place.Room(Optional<Worker> leaving) -> startIn(key, leaving);
        };
    }

    private Worker startIn(WorkerKey key, Optional<Worker> leaving) throws InterruptedException {
        boolean filled = false;
        try {
            leaving.ifPresent(Worker::end);
            Worker worker = start.start(key);
            filled = places.fill(worker);
            if (!filled) {
                worker.end();
                throw WorkerPlaces.closed();
            }
            return worker;
        } finally {
            if (!filled) {
                places.free();
            }
        }
    }

    private void giveBack(Worker worker) {
        if (!places.keep(worker, clock.nanos())) {
            end(worker);
        }
    }

    private void end(Worker worker) {
        try {
            worker.end();
        } finally {
            places.free();
        }
    }

    private void endIdleNowAndThen() {
        try {
            while (!places.awaitClose(BETWEEN_LOOKS)) {
                endIdle();
            }
        } catch (InterruptedException _) {
            // nobody does that; idle workers are then ended with the pool
        }
    }
}
