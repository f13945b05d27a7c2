package dev.pawl.executor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads what a worker replies, line by line. Whoever waits for a reply can be interrupted, which a read of a pipe cannot. */
final class WorkerReplies {
    /** One is due at a time; a worker that says more loses the rest. */
    private static final int MOST_WAITING = 8;

    /** A reply tells of up to 100 reads. */
    private static final int LONGEST_LINE = 512 * 1024;

    private final BlockingQueue<WorkerReply> replies = new LinkedBlockingQueue<>(MOST_WAITING);

    WorkerReplies(InputStream pipe) {
        var _ = Thread.ofPlatform().daemon().name("worker-replies").start(() -> readAll(new BufferedInputStream(pipe)));
    }

    /** Empty if none comes in time. */
    Optional<WorkerReply> next(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(replies.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Whether something was said that nobody asked for. */
    boolean hasMore() {
        return !replies.isEmpty();
    }

    private void readAll(InputStream pipe) {
        try (pipe) {
            for (String line = readLine(pipe); !line.isEmpty(); line = readLine(pipe)) {
                offer(WorkerReply.parse(line));
            }
        } catch (IOException _) {
            // the pipe was closed with the process
        }
        offer(new WorkerReply.Gone());
    }

    private void offer(WorkerReply reply) {
        var _ = replies.offer(reply);
    }

    /** With its line feed; empty at the end of the pipe. What is too long comes in pieces, which make no sense. */
    private static String readLine(InputStream pipe) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = pipe.read(); next >= 0; next = pipe.read()) {
            line.write(next);
            if (next == '\n' || line.size() == LONGEST_LINE) {
                break;
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
