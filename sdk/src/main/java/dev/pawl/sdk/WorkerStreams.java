package dev.pawl.sdk;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The worker's standard streams, kept out of reach of what steps may do to theirs. */
final class WorkerStreams {
    private static final byte[] MARKER = "\0pawl-end-of-step\n".getBytes(StandardCharsets.US_ASCII);

    private final FileOutputStream log = new FileOutputStream(FileDescriptor.out);
    private final PrintStream out = new Unclosable(log);
    private final PrintStream err = new Unclosable(new FileOutputStream(FileDescriptor.err));
    private final InputStream requests = takeInput();

    /** A stream that a step may close without harm to the next one. */
    private static final class Unclosable extends PrintStream {
        Unclosable(FileOutputStream target) {
            super(new BufferedOutputStream(target), true, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            flush();
        }
    }

    InputStream requests() {
        return requests;
    }

    /** Gives the step fresh streams, after what it printed so far; its input is empty. */
    void renew() {
        flush(System.out);
        flush(System.err);
        System.setOut(out);
        System.setErr(err);
        System.setIn(InputStream.nullInputStream());
    }

    /** Ends the log of a step. */
    void mark() throws IOException {
        out.flush();
        err.flush();
        log.write(MARKER);
    }

    /** A stream of the step's own making may fail in any way. */
    private static void flush(PrintStream stream) {
        try {
            stream.flush();
        } catch (RuntimeException | Error e) {
            // what it held back is lost; the step could have flushed it
        }
    }

    /**
     * The requests, through a descriptor of their own: descriptor 0 is closed, which Java does by pointing it to nothing, so that
     * neither native code nor a process that a step starts can read requests.
     */
    private static InputStream takeInput() {
        try {
            FileInputStream own = new FileInputStream("/dev/fd/0");
            System.in.close();
            return own;
        } catch (IOException e) {
            return new FileInputStream(FileDescriptor.in);
        }
    }
}
