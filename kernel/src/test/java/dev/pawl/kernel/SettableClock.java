package dev.pawl.kernel;

import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when told to. Sleeping moves it, so that no test waits. Safe for use by many threads. */
public final class SettableClock implements Clock {
    private Instant now;

    public SettableClock(Instant start) {
        this.now = start;
    }

    public static SettableClock at(String instant) {
        return new SettableClock(Instant.parse(instant));
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    public void sleep(Duration duration) {
        tick(duration);
    }

    public synchronized void tick(Duration duration) {
        now = now.plus(duration);
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }
}
