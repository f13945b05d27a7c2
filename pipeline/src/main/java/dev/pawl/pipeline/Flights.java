package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one attempt at a time work on one cache key, and hands what it made to those that waited. Per server: two servers may
 * still make the same at the same time, which costs time and nothing else. Safe for use by many threads.
 */
final class Flights {
    record Made(StepCacheStore.Entry entry, List<MetricPoint> metrics) {}

    /** What is under way for one key. */
    private static final class Flight {
        private final ReentrantLock lock = new ReentrantLock();
        private int wanted;
        private Optional<Made> made = Optional.empty();
    }

    private final Map<Digest, Flight> flights = new HashMap<>();

    /**
     * A place for one attempt. Belongs to one thread, which must close it once the engine was told what it made; the engine lets
     * it {@linkplain #leave leave} once that is durable, so that there is no moment at which nobody knows of it.
     */
    final class Seat implements AutoCloseable {
        private Optional<Digest> key = Optional.empty();
        private Optional<Flight> flight = Optional.empty();

        /** Waits until nobody else works on the key; returns what the last one who did has made. */
        Optional<Made> take(Digest wanted) throws InterruptedException {
            Flight joined = join(wanted);
            try {
                joined.lock.lockInterruptibly();
            } catch (InterruptedException e) {
                Flights.this.leave(wanted);
                throw e;
            }
            key = Optional.of(wanted);
            flight = Optional.of(joined);
            return joined.made;
        }

        void made(Made made) {
            flight.ifPresent(taken -> taken.made = Optional.of(made));
        }

        @Override
        public void close() {
            flight.ifPresent(taken -> taken.lock.unlock());
        }

        /** May be called by another thread. */
        void leave() {
            key.ifPresent(Flights.this::leave);
        }
    }

    Seat seat() {
        return new Seat();
    }

    private Flight join(Digest key) {
        synchronized (flights) {
            Flight flight = flights.computeIfAbsent(key, _ -> new Flight());
            flight.wanted++;
            return flight;
        }
    }

    private void leave(Digest key) {
        synchronized (flights) {
            flights.computeIfPresent(key, (_, flight) -> --flight.wanted == 0 ? null : flight);
        }
    }
}
