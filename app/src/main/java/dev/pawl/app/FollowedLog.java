package dev.pawl.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Reads the log of one attempt from where it stopped the last time: of the file that grows while the program runs, then of the
 * artifact that it is kept as, which begins with the same bytes.
 */
final class FollowedLog {
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long read;
    private boolean whole;

    /** Whether its end was read. */
    boolean isWhole() {
        return whole;
    }

    /**
     * The lines that are new and ended; at the attempt's end also the one that is not.
     *
     * @param from gives the piece that begins at a byte
     */
    List<String> more(LongFunction<AttemptLog.Piece> from) {
        List<String> lines = new ArrayList<>();
        AttemptLog.Piece piece;
        do {
            piece = from.apply(read);
            take(piece.text(), lines);
        } while (!piece.over() && piece.text().length > 0);
        whole = piece.over();
        if (whole && begun.size() > 0) {
            lines.add(line());
        }
        return lines;
    }

    private void take(byte[] bytes, List<String> lines) {
        read += bytes.length;
        for (byte next : bytes) {
            if (next == '\n') {
                lines.add(line());
            } else {
                begun.write(next);
            }
        }
    }

    private String line() {
        String line = begun.toString(StandardCharsets.UTF_8).stripTrailing();
        begun.reset();
        return line;
    }
}
