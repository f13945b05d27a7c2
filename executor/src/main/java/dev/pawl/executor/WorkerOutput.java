package dev.pawl.executor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * What a worker prints: until the marker that ends a step, its log; after that nothing, until the next step begins. Safe for use by
 * the thread that reads and the one that runs the step.
 */
final class WorkerOutput implements Sink {
    /** It begins with a byte that is in it only once, so that what looked like it and is not never hides its beginning. */
    private static final byte[] MARKER = "\0pawl-end-of-step\n".getBytes(StandardCharsets.UTF_8);

    private static final Sink NOWHERE = (_, _) -> {};

    private Sink log;
    private CountDownLatch end = new CountDownLatch(1);
    private int seen;

    WorkerOutput(Sink untilTheFirstStep) {
        this.log = untilTheFirstStep;
    }

    /** The latch opens when the step's output is complete. */
    synchronized CountDownLatch begin(Sink step) {
        log = step;
        end = new CountDownLatch(1);
        return end;
    }

    /** What still comes belongs to no step. */
    synchronized void cut() {
        log = NOWHERE;
        end.countDown();
    }

    @Override
    public synchronized void write(byte[] bytes, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (seen > 0 && bytes[i] != MARKER[seen]) {
                log.write(MARKER, seen);
                seen = 0;
                from = i;
            }
            if (bytes[i] == MARKER[seen]) {
                pass(bytes, from, i);
                seen++;
                from = i + 1;
            }
            if (seen == MARKER.length) {
                seen = 0;
                cut();
            }
        }
        pass(bytes, from, length);
    }

    private void pass(byte[] bytes, int from, int to) {
        if (to > from) {
            log.write(Arrays.copyOfRange(bytes, from, to), to - from);
        }
    }
}
