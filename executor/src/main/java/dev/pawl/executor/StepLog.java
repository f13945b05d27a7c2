package dev.pawl.executor;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;

/** The log of one execution: bounded, and without its secrets. Safe for use by those who write and the one who closes it. */
final class StepLog implements Sink, Closeable {
    private final BoundedLog file;
    private final Mask mask;

    private StepLog(BoundedLog file, Collection<String> secrets) {
        this.file = file;
        this.mask = new Mask(secrets, file);
    }

    static StepLog to(Path file, Collection<String> secrets) {
        return new StepLog(new BoundedLog(file), secrets);
    }

    @Override
    public synchronized void write(byte[] bytes, int length) {
        mask.write(bytes, length);
    }

    /** A line of Pawl's own. */
    synchronized void say(String text) {
        mask.finish();
        String line = (file.isAtLineStart() ? "" : "\n") + "pawl: " + text + "\n";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        mask.write(bytes, bytes.length);
    }

    /** The last lines so far. */
    synchronized String tail() {
        mask.finish();
        return file.tail();
    }

    @Override
    public synchronized void close() {
        mask.finish();
        file.close();
    }
}
