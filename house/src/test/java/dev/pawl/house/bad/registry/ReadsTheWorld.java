package dev.pawl.house.bad.registry;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Wrong, every method: nobody can set what it answers.
public final class ReadsTheWorld {
    Object instant() {
        return Instant.now();
    }

    Supplier<Instant> reference() {
        return Instant::now;
    }

    Object date() {
        return LocalDate.now(ZoneId.of("UTC"));
    }

    Object zoned() {
        return ZonedDateTime.now(ZoneId.of("UTC"));
    }

    Object clock() {
        return Clock.systemUTC();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    long nanos() {
        return System.nanoTime();
    }

    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }

    void unitSleep() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    void park() {
        LockSupport.parkNanos(1);
    }

    double random() {
        return Math.random();
    }

    Object unseeded() {
        return new Random();
    }

    Object secure() {
        return new SecureRandom();
    }

    Object uuid() {
        return UUID.randomUUID();
    }

    int threadLocal() {
        return ThreadLocalRandom.current().nextInt();
    }
}
