package dev.pawl.pipeline;

import dev.pawl.pipeline.Changes.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the engine is to handle: what others tell it, and the moments of which it wants to be reminded. Others may tell from any
 * thread; all else is the engine's.
 */
final class Inbox {
    private static final int MOST_SIGNALS = 10_000;
    private static final int MOST_AT_ONCE = 1_000;

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(MOST_SIGNALS);
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at));

    /** Waits while {@value #MOST_SIGNALS} signals are ahead. Whoever is interrupted meanwhile stays so, and is heard. */
    void tell(Signal signal) {
        boolean interrupted = false;
        while (true) {
            try {
                signals.put(signal);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never waits: when there is much to do, the engine will look by itself. */
    void look() {
        signals.offer(new Signal.Look());
    }

    boolean isEmpty() {
        return signals.isEmpty();
    }

    /** Waits for a signal or a moment, at the most until the given one, and moves what has come into the batch. */
    void take(List<Signal> batch, Instant latest, Instant now) throws InterruptedException {
        Instant next = timers.isEmpty() || timers.peek().at().isAfter(latest)
                ? latest
                : timers.peek().at();
        long pause = next.isAfter(now) ? Duration.between(now, next).toMillis() : 0;
        Signal first = signals.poll(pause, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            signals.drainTo(batch, MOST_AT_ONCE - 1);
        }
    }

    void remind(Collection<Timer> more) {
        timers.addAll(more);
    }

    /** Those whose moment has come; each is given once. */
    List<Timer> due(Instant now) {
        List<Timer> due = new ArrayList<>();
        while (!timers.isEmpty() && !timers.peek().at().isAfter(now)) {
            due.add(timers.remove());
        }
        return due;
    }
}
