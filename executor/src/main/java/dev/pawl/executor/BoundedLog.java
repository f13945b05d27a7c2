package dev.pawl.executor;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log file with a bound, made when the first byte comes: the first {@value #HEAD} bytes as they come, and at the end the last {@value #TAIL} of what came
 * after, with a line that says how much is missing. Safe for use by a writer and a closer.
 */
final class BoundedLog implements Sink, Closeable {
    static final int HEAD = 4 * 1024 * 1024;
    static final int TAIL = 256 * 1024;
    private static final int SMALLEST_RING = 8 * 1024;
    private static final int LINES = 20;
    private static final int LONGEST_LINE = 500;

    private final Path file;
    private @Nullable OutputStream out;
    private byte[] ring = new byte[SMALLEST_RING];
    private long total;
    private boolean open = true;

    BoundedLog(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void write(byte[] bytes, int length) {
        if (!open || length == 0) {
            return;
        }
        int toHead = (int) Math.clamp(HEAD - total, 0L, (long) length);
        makeRoom(length);
        for (int i = 0; i < length; i++) {
            ring[(int) ((total + i) % ring.length)] = bytes[i];
        }
        total += length;
        append(bytes, toHead);
    }

    synchronized boolean isAtLineStart() {
        return total == 0 || ring[(int) ((total - 1) % ring.length)] == '\n';
    }

    /** The last lines of what was written. */
    synchronized String tail() {
        List<String> lines =
                new String(last(TAIL), StandardCharsets.UTF_8).lines().toList();
        return String.join(
                "\n",
                lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                        .map(BoundedLog::shortened)
                        .toList());
    }

    @Override
    public synchronized void close() {
        if (!open) {
            return;
        }
        open = false;
        long rest = Math.max(0, total - HEAD);
        long missing = rest - Math.min(rest, TAIL);
        if (missing > 0) {
            byte[] notice = "\n... %d bytes left out ...\n".formatted(missing).getBytes(StandardCharsets.UTF_8);
            append(notice, notice.length);
        }
        if (rest > 0) {
            append(last(rest), (int) Math.min(rest, TAIL));
        }
        closeFile();
    }

    /** Most logs are short. A ring that grows has not come round yet. */
    private void makeRoom(int length) {
        while (ring.length < TAIL && total + length > ring.length) {
            ring = Arrays.copyOf(ring, ring.length * 2);
        }
    }

    private byte[] last(long most) {
        int length = (int) Math.min(Math.min(total, TAIL), most);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((total - length + i) % ring.length)];
        }
        return bytes;
    }

    /** A full disk costs the log, not the command: its output must be taken or it would block. */
    private void append(byte[] bytes, int length) {
        try {
            open().write(bytes, 0, length);
        } catch (IOException e) {
            System.getLogger(BoundedLog.class.getName()).log(Level.WARNING, "log " + file + " is incomplete", e);
        }
    }

    private OutputStream open() throws IOException {
        OutputStream known = out;
        if (known == null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            known = Files.newOutputStream(file);
            out = known;
        }
        return known;
    }

    private void closeFile() {
        try (OutputStream _ = out) { // if there is one
        } catch (IOException e) {
            System.getLogger(BoundedLog.class.getName()).log(Level.WARNING, "log " + file + " is incomplete", e);
        }
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }
}
