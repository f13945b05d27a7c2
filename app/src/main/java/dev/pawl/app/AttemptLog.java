package dev.pawl.app;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.RunAttempt;
import dev.pawl.store.Artifacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What an attempt has printed, piece by piece, also while it runs on this machine. */
final class AttemptLog {
    /** So much is given at a time. */
    static final int MOST_BYTES = 1024 * 1024;

    private final Artifacts artifacts;

    AttemptLog(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** A part of a log. */
    static final class Piece {
        private final byte[] text;
        private final long next;
        private final boolean over;

        private Piece(byte[] text, long next, boolean over) {
            this.text = text;
            this.next = next;
            this.over = over;
        }

        static Piece of(byte[] text, long from, boolean over) {
            return new Piece(text, from + text.length, over);
        }

        /** As it was printed; a character may have its other half in the next piece. */
        byte[] text() {
            return text.clone();
        }

        /** Where the next piece begins. */
        long next() {
            return next;
        }

        /** Whether this was the last piece. */
        boolean over() {
            return over;
        }
    }

    /** @param from how many bytes are known already */
    Piece read(RunAttempt attempt, long from) {
        if (attempt.endedAt().isEmpty()) {
            return attempt.scratch()
                    .map(scratch -> growing(Path.of(scratch, "log.txt"), from))
                    .orElseGet(() -> Piece.of(new byte[0], from, false));
        }
        return attempt.log().map(log -> whole(log, from)).orElseGet(() -> Piece.of(new byte[0], from, true));
    }

    private Piece whole(Digest log, long from) {
        Part part = new Part(from);
        artifacts.copyTo(log, part);
        return Piece.of(part.bytes.toByteArray(), from, part.seen <= from + part.bytes.size());
    }

    /** Where another machine has the file, or the attempt just ended, there is nothing to see for the moment. */
    private static Piece growing(Path file, long from) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.clamp(channel.size() - from, 0L, (long) MOST_BYTES));
            channel.position(from);
            while (piece.hasRemaining() && channel.read(piece) >= 0) {}
            return Piece.of(Arrays.copyOf(piece.array(), piece.position()), from, false);
        } catch (NoSuchFileException _) {
            return Piece.of(new byte[0], from, false);
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot read " + file + ": " + e, e);
        }
    }

    /** Keeps a part of what is written to it. */
    private static final class Part extends OutputStream {
        private final long from;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long seen;

        Part(long from) {
            this.from = from;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            int skip = (int) Math.clamp(from - seen, 0L, (long) length);
            int take = Math.min(length - skip, MOST_BYTES - bytes.size());
            bytes.write(some, offset + skip, Math.max(0, take));
            seen += length;
        }
    }
}
