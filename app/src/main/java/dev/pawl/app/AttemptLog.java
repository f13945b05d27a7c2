package dev.pawl.app;

import dev.pawl.pipeline.RunAttempt;
import dev.pawl.store.Artifacts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the log of one attempt from where it stopped the last time: of the file that grows while the program runs, then of the
 * artifact that it is kept as, which begins with the same bytes.
 */
final class AttemptLog {
    private final Artifacts artifacts;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long read;
    private boolean whole;

    AttemptLog(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** Whether its end was read. */
    boolean isWhole() {
        return whole;
    }

    /** The lines that are new and ended; at the attempt's end also the one that is not. */
    List<String> more(RunAttempt attempt) {
        List<String> lines = new ArrayList<>();
        if (attempt.endedAt().isPresent()) {
            attempt.log().ifPresent(kept -> take(rest(artifacts.bytes(kept)), lines));
            whole = true;
            if (begun.size() > 0) {
                lines.add(line());
            }
        } else {
            attempt.scratch()
                    .ifPresent(scratch -> take(GrowingLog.in(Path.of(scratch)).from(read), lines));
        }
        return lines;
    }

    private byte[] rest(byte[] all) {
        return Arrays.copyOfRange(all, (int) Math.min(read, all.length), all.length);
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
