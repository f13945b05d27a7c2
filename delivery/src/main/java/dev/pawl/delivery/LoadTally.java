package dev.pawl.delivery;

import dev.pawl.kernel.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Counts and times the requests of one load. One thread sends, many are answered. */
final class LoadTally {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Clock clock;
    private final double interval;
    private final long start;
    private final AtomicLongArray took;
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("");
    private int sent;
    private int late;
    private long lastSent;

    LoadTally(Clock clock, int planned, int ratePerSecond) {
        this.clock = clock;
        this.interval = NANOS_PER_SECOND / ratePerSecond;
        this.start = clock.nanos();
        this.took = new AtomicLongArray(planned);
    }

    int planned() {
        return took.length();
    }

    /** When a request is to be sent. */
    long due(int number) {
        return start + (long) (number * interval);
    }

    /** By the sending thread, in order. */
    void sent() {
        lastSent = clock.nanos();
        late += lastSent - due(sent) > LoadGenerator.LATE.toNanos() ? 1 : 0;
        sent++;
    }

    /** @param wrong what was wrong with the answer; empty if nothing was */
    void answered(int number, String wrong) {
        took.set(number, Math.max(1, clock.nanos() - due(number)));
        if (wrong.isEmpty()) {
            right.incrementAndGet();
        } else {
            firstFailure.accumulateAndGet(wrong, (first, next) -> first.isEmpty() ? next : first);
        }
    }

    LoadReport report() {
        int answered = right.get();
        long[] times = times();
        return new LoadReport(
                planned(),
                sent,
                sent - answered,
                late,
                sent / (Math.max(sent * interval, (double) (lastSent - start)) / NANOS_PER_SECOND),
                percentile(times, 0.5),
                percentile(times, 0.99),
                percentile(times, 1),
                Optional.of(firstFailure.get()).filter(text -> !text.isEmpty()));
    }

    /** What is not answered yet has taken until now at least. */
    private long[] times() {
        long now = clock.nanos();
        long[] times = IntStream.range(0, sent)
                .mapToLong(number -> took.get(number) == 0 ? now - due(number) : took.get(number))
                .toArray();
        Arrays.sort(times);
        return times;
    }

    /** The smallest time that at least this share of the requests did not exceed, in milliseconds. */
    private static double percentile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
    }
}
