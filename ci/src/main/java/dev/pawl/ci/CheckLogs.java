package dev.pawl.ci;

import dev.pawl.executor.Folders;
import dev.pawl.executor.GrowingLog;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.store.Artifacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What checks' commands print: a file that grows while one runs, then an artifact that begins with the same bytes.
 *
 * @param work where the folders of attempts are
 */
public record CheckLogs(Artifacts artifacts, Path work) {
    private static final int MOST_BYTES = 1024 * 1024;

    /** A part of a log. */
    public static final class Piece {
        private final byte[] text;
        private final boolean over;

        private Piece(byte[] text, boolean over) {
            this.text = text;
            this.over = over;
        }

        public byte[] text() {
            return text.clone();
        }

        /** Whether this was the last one. */
        public boolean over() {
            return over;
        }
    }

    /** @param from how many bytes are known already */
    public Piece read(CiRunId run, CiCheck check, long from) {
        return switch (check.state()) {
            case RUNNING ->
                new Piece(
                        growing(run, check.name())
                                .map(log -> log.from(from, MOST_BYTES))
                                .orElse(new byte[0]),
                        false);
            case PASSED, FAILED, CANCELLED ->
                check.log().map(log -> whole(log, from)).orElseGet(() -> new Piece(new byte[0], true));
        };
    }

    private Piece whole(Digest log, long from) {
        byte[] all = artifacts.text(log).getBytes(StandardCharsets.UTF_8);
        int begin = (int) Math.min(from, all.length);
        int end = Math.min(all.length, begin + MOST_BYTES);
        return new Piece(Arrays.copyOfRange(all, begin, end), end == all.length);
    }

    /** The last line that the command of a check under way printed on this machine. */
    public Optional<String> lastLine(CiRunId run, CiCheck check) {
        return check.state() == CiCheck.State.RUNNING
                ? growing(run, check.name()).flatMap(GrowingLog::lastLine)
                : Optional.empty();
    }

    /** In the folder of the newest attempt: of the whole up to the package, or of this check. */
    private Optional<GrowingLog> growing(CiRunId run, String check) {
        List<Path> attempts = Files.isDirectory(work) ? Folders.entries(work) : List.of();
        return attempts.stream()
                .filter(folder -> folder.getFileName().toString().startsWith(run + "-"))
                .map(folder -> Candidate.log(folder, check))
                .filter(Files::exists)
                .max(Comparator.comparing(Path::toString))
                .map(GrowingLog::new);
    }
}
