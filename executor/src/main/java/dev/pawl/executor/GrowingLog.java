package dev.pawl.executor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The log of a program that runs. The file may go at any moment, because it is kept as an artifact at the end: what
 * cannot be read is not there yet, or not any more.
 */
public record GrowingLog(Path file) {
    /** The name of the log in the folder of an attempt; see the step contract. */
    private static final String NAME = "log.txt";

    private static final int MOST_OF_A_LINE = 4 * 1024;

    /** That of a step's attempt. */
    public static GrowingLog in(Path scratch) {
        return new GrowingLog(scratch.resolve(NAME));
    }

    /** The last line that is not blank, as a terminal would leave it, without anything that moves a cursor. */
    public Optional<String> lastLine() {
        String tail = new String(tail(), StandardCharsets.UTF_8);
        return tail.lines()
                .map(GrowingLog::shown)
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last);
    }

    /** What there is from a byte on, of much only the beginning. */
    public byte[] from(long from, int most) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.clamp(open.length() - from, 0L, (long) most)];
            open.seek(from);
            open.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            return new byte[0];
        }
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
