package dev.pawl.ci;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.executor.ProcessTree;
import dev.pawl.executor.ProcessUsage;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a command while it runs, and ends it when its folder has become too big, or when it has too many processes or takes too
 * much memory. One thread looks; the one that waits for the command asks afterwards.
 */
final class CommandWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    /** Of many files, looking is work too: it takes a tenth of the time at most. */
    private static final int SHARE = 10;

    private final Clock clock;
    private final Commands commands;
    private final Path folder;
    private final Bounds bounds;
    private final Thread thread;
    private volatile Commands.@Nullable Started process;
    private volatile @Nullable String ended;
    private long nextMeasure;

    /**
     * What a command may take besides time.
     *
     * @param bytes of all files in the folder of the attempt
     * @param processes at a time
     * @param memory that all of them have together, in bytes
     */
    record Bounds(long bytes, int processes, long memory) {
        private static final double GIB = 1024.0 * 1024 * 1024;

        static final Bounds USUAL = new Bounds(20L * 1024 * 1024 * 1024, 2_000, Long.MAX_VALUE);

        Bounds withMemory(long limit) {
            return new Bounds(bytes, processes, limit);
        }

        static String size(long bytes) {
            return bytes < GIB ? (bytes >> 20) + " MiB" : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
        }
    }

    CommandWatch(Clock clock, Commands commands, Path folder, Bounds bounds) {
        this.clock = clock;
        this.commands = commands;
        this.folder = folder;
        this.bounds = bounds;
        this.thread = Thread.ofVirtual().name("command-watch").start(this::look);
    }

    void began(Commands.Started started) {
        process = started;
    }

    /** Why it ended the command, if it did. */
    Optional<String> ended() {
        return Optional.ofNullable(ended);
    }

    private void look() {
        try {
            while (ended == null) {
                lookOnce();
                clock.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the command is over
        }
    }

    /** What cannot be looked at now may be the next time. */
    private void lookOnce() {
        Commands.Started running = process;
        try {
            if (running != null) {
                ended = reason(running).orElse(null);
                if (ended != null) {
                    commands.kill(running);
                }
            }
        } catch (RuntimeException e) {
            System.getLogger(CommandWatch.class.getName()).log(Level.WARNING, "a command is not looked after", e);
        }
    }

    private Optional<String> reason(Commands.Started running) {
        ProcessUsage usage = ProcessTree.find(running)
                .map(tree -> tree.usage(bounds.memory()))
                .orElse(new ProcessUsage(0, 0));
        if (usage.processes() > bounds.processes()) {
            return Optional.of(
                    "was ended, because it had more than %,d processes at a time".formatted(bounds.processes()));
        }
        if (usage.memoryBytes() > bounds.memory()) {
            return Optional.of("was ended, because it took more than %s of memory; ci.memory in pawl.yaml is the limit"
                    .formatted(Bounds.size(bounds.memory())));
        }
        return isTooBig()
                ? Optional.of("was ended, because its folder had grown to more than " + Bounds.size(bounds.bytes()))
                : Optional.empty();
    }

    private boolean isTooBig() {
        long now = clock.nanos();
        if (now < nextMeasure) {
            return false;
        }
        boolean tooBig = new Size().of(folder) > bounds.bytes();
        nextMeasure = clock.nanos() + SHARE * (clock.nanos() - now);
        return tooBig;
    }

    /** Adds up files until it is enough; what is deleted meanwhile does not count. */
    private final class Size extends SimpleFileVisitor<Path> {
        private long bytes;

        long of(Path root) {
            try {
                Files.walkFileTree(root, this);
                return bytes;
            } catch (IOException | UncheckedIOException e) {
                throw Folders.trouble("look at " + root, e);
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return bytes > bounds.bytes() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
