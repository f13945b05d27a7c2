package dev.pawl.delivery;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Sends requests at a steady rate, however slowly they are answered (an open loop), each on a virtual thread. */
final class LoadGenerator {
    static final int MOST_IN_FLIGHT = 64;
    static final int MOST_REQUESTS = 1_000_000;
    static final Duration LATE = Duration.ofMillis(10);

    /** How long the last answers are waited for, and a free place before the next request. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** An instance that is so far behind that the load takes this many times as long has failed already. */
    private static final int LONGEST = 2;

    private final Clock clock;

    LoadGenerator(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param rows sent in turn, over and over
     * @param expected the answers to them
     */
    LoadReport run(Instance instance, int ratePerSecond, Duration lasting, List<double[]> rows, double[] expected)
            throws InterruptedException {
        LoadTally tally = new LoadTally(clock, planned(ratePerSecond, lasting), ratePerSecond);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            send(tally, threads, number -> {
                int row = number % rows.size();
                shoot(tally, instance, number, rows.get(row), expected[row]);
            });
            threads.shutdown();
            threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            threads.shutdownNow();
        }
        return tally.report();
    }

    private void send(LoadTally tally, ExecutorService threads, IntConsumer shoot) throws InterruptedException {
        Semaphore free = new Semaphore(MOST_IN_FLIGHT);
        long giveUpAt = tally.due(tally.planned() * LONGEST);
        for (int number = 0; number < tally.planned() && clock.nanos() <= giveUpAt; number++) {
            sleepUntil(tally.due(number));
            if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            int request = number;
            tally.sent();
            threads.execute(() -> {
                shoot.accept(request);
                free.release();
            });
        }
    }

    private static void shoot(LoadTally tally, Instance instance, int number, double[] row, double expected) {
        try {
            double[] answer = instance.infer(List.of(row));
            tally.answered(number, answer.length == 1 && right(answer[0], expected) ? "" : "a wrong answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tally.answered(number, "no answer within " + PATIENCE);
        } catch (RuntimeException e) {
            tally.answered(number, String.valueOf(e.getMessage()));
        }
    }

    private static boolean right(double answer, double expected) {
        return Double.isFinite(answer) && ApiGate.relative(answer, expected) <= ApiGate.TOLERANCE;
    }

    private void sleepUntil(long nanos) throws InterruptedException {
        long wait = nanos - clock.nanos();
        if (wait > 0) {
            clock.sleep(Duration.ofNanos(wait));
        }
    }

    private static int planned(int ratePerSecond, Duration lasting) {
        long planned = Math.max(1, ratePerSecond * lasting.toMillis() / 1000);
        if (planned > MOST_REQUESTS) {
            throw PawlException.limit(
                    "load-too-long",
                    "The load gate asks for %d requests, at most %d are sent; lower its rate or its time"
                            .formatted(planned, MOST_REQUESTS));
        }
        return (int) planned;
    }
}
