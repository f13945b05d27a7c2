package dev.pawl.app;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The log of an attempt whose program runs. The file may go at any moment, because it is kept as an artifact at the end: what
 * cannot be read is not there yet, or not any more.
 */
record GrowingLog(Path file) {
    /** The name of the log in the folder of an attempt; see the step contract. */
    private static final String NAME = "log.txt";

    private static final int MOST_OF_A_LINE = 4 * 1024;
    private static final int MOST_AT_ONCE = 1024 * 1024;

    static GrowingLog in(Path scratch) {
        return new GrowingLog(scratch.resolve(NAME));
    }

    /** The last line that is not blank, as a terminal would leave it, without anything that moves a cursor. */
    Optional<String> lastLine() {
        String tail = new String(tail(), StandardCharsets.UTF_8);
        return tail.lines()
                .map(GrowingLog::shown)
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last);
    }

    /** What was written from a position on, a bounded piece of it; nothing if there is nothing new. */
    byte[] from(long position) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.clamp(open.length() - position, 0L, (long) MOST_AT_ONCE);
            byte[] bytes = new byte[length];
            open.seek(position);
            open.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private byte[] tail() {
        return from(Math.max(0, file.toFile().length() - MOST_OF_A_LINE));
    }

    private static String shown(String line) {
        return line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }
}
