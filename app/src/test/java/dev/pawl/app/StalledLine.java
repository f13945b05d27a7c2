package dev.pawl.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server on which nothing more passes once so many bytes have, in one of the two directions, until it is mended. */
final class StalledLine implements AutoCloseable {
    private final ServerSocket here;
    private final AtomicLong upwards;
    private final AtomicLong downwards;
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final URI server;
    private volatile boolean mended;

    private StalledLine(String server, long upwards, long downwards) throws IOException {
        this.here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = URI.create(server);
        this.upwards = new AtomicLong(upwards);
        this.downwards = new AtomicLong(downwards);
        Thread.ofPlatform().daemon().name("line").start(this::accept);
    }

    static StalledLine up(String server, long bytes) throws IOException {
        return new StalledLine(server, bytes, Long.MAX_VALUE);
    }

    static StalledLine down(String server, long bytes) throws IOException {
        return new StalledLine(server, Long.MAX_VALUE, bytes);
    }

    String address() {
        return "http://127.0.0.1:" + here.getLocalPort() + "/";
    }

    boolean awaitStalled(long seconds) throws InterruptedException {
        return stalled.await(seconds, TimeUnit.SECONDS);
    }

    /** From now on all passes. */
    void mend() {
        mended = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = here.accept();
                Socket behind = new Socket(server.getHost(), server.getPort());
                pass(client, behind, upwards);
                pass(behind, client, downwards);
            }
        } catch (IOException _) {
            // it is closed
        }
    }

    private void pass(Socket from, Socket to, AtomicLong left) {
        Thread.ofPlatform().daemon().name("line-pass").start(() -> {
            try (from;
                    to) {
                pass(from.getInputStream(), to.getOutputStream(), left);
            } catch (IOException _) {
                // one of the two has closed it
            }
        });
    }

    private void pass(InputStream in, OutputStream out, AtomicLong left) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (mended || left.addAndGet(-n) > 0) {
                out.write(buffer, 0, n);
            } else {
                stalled.countDown(); // what comes is taken, and goes nowhere
            }
        }
    }

    @Override
    public void close() {
        try {
            here.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
