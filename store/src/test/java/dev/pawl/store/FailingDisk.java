package dev.pawl.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A disk whose n-th operation fails, as a full one's does; what was written until then stays where it is. */
final class FailingDisk implements Disk {
    private final Disk real = Disk.real();
    private int left = Integer.MAX_VALUE;

    void failAt(int operation) {
        left = operation;
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        count();
        return new FilterOutputStream(real.create(file)) {
            @Override
            public void write(byte[] content, int from, int length) throws IOException {
                out.write(content, from, length / 2);
                count();
                out.write(content, from + length / 2, length - length / 2);
            }
        };
    }

    @Override
    public void sync(Path file) throws IOException {
        count();
        real.sync(file);
    }

    @Override
    public void publish(Path finished, Path name) throws IOException {
        count();
        real.publish(finished, name);
    }

    @Override
    public void settle(Path name) throws IOException {
        count();
        real.settle(name);
    }

    private void count() throws IOException {
        if (--left == 0) {
            throw new IOException("No space left on device (planned by the test)");
        }
    }
}
