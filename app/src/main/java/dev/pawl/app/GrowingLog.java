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

    private byte[] tail() {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(open.length(), MOST_OF_A_LINE)];
            open.seek(open.length() - bytes.length);
            open.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static String shown(String line) {
        return line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }
}
