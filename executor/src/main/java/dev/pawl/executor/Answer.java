package dev.pawl.executor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a program of the machine said when it was asked something.
 *
 * @param text what it printed, errors among it
 */
record Answer(int exit, boolean inTime, String text) {
    private static final int MOST_TEXT = 64 * 1024;

    boolean isGood() {
        return inTime && exit == 0;
    }

    /** @param inTime whether it ended by itself */
    record Ended(int exit, boolean inTime) {}

    /** Collects the beginning of an output. */
    static final class Text implements Sink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void write(byte[] more, int length) {
            bytes.write(more, 0, Math.clamp(MOST_TEXT - (long) bytes.size(), 0, length));
        }

        @Override
        public synchronized String toString() {
            return bytes.toString(StandardCharsets.UTF_8).strip();
        }
    }
}
