package dev.pawl.source;

import dev.pawl.kernel.Clock;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/** How long one fetch may take, and how many bytes: asked by JGit between objects, and at every read of an HTTP connection. */
final class FetchAllowance extends EmptyProgressMonitor implements HttpConnectionFactory {
    private final Clock clock;
    private final Duration longest;
    private final long mostBytes;
    private final long began;
    private long bytes;

    FetchAllowance(Clock clock, Duration longest, long mostBytes) {
        this.clock = clock;
        this.longest = longest;
        this.mostBytes = mostBytes;
        this.began = clock.nanos();
    }

    @Override
    public boolean isCancelled() {
        return isOver() || Thread.currentThread().isInterrupted();
    }

    boolean isOver() {
        return clock.nanos() - began > longest.toNanos();
    }

    String overTime() {
        return "it took longer than " + longest.toSeconds() + " s";
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new Connection(url);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return new Connection(url, proxy);
    }

    private void count(long count) throws IOException {
        bytes += Math.max(0, count);
        if (bytes > mostBytes) {
            throw new IOException("it exceeds the limit of %,d bytes".formatted(mostBytes));
        }
        if (isOver()) {
            throw new IOException(overTime());
        }
    }

    private final class Connection extends JDKHttpConnection {
        Connection(URL url) throws IOException {
            super(url);
        }

        Connection(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Input(super.getInputStream());
        }
    }

    private final class Input extends FilterInputStream {
        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            count(count);
            return count;
        }
    }
}
