package dev.pawl.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body that breaks off, with a reason, when it is longer than it may be. */
final class BoundedInput extends FilterInputStream {
    private final long most;
    private final String what;
    private long taken;

    BoundedInput(InputStream in, long most, String what) {
        super(in);
        this.most = most;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long count = in.skip(bytes);
        count(count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Takes what is left and throws it away, up to the same bound again: a client that still sends does not read. */
    void drain() throws IOException {
        byte[] buffer = new byte[8 * 1024];
        long drained = 0;
        for (int n = in.read(buffer); n >= 0 && drained < most; n = in.read(buffer)) {
            drained += n;
        }
    }

    private void count(long bytes) throws IOException {
        taken += bytes;
        if (taken > most) {
            throw new IOException("%s exceeds the limit of %,d bytes".formatted(what, most));
        }
    }
}
