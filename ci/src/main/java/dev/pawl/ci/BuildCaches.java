package dev.pawl.ci;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What builds keep for later ones, in a folder of this server: each by a digest of all that it depends on, with the time of its last use. Given
 * and taken are copies, so that no build can change what others get. One is made beside its place and moved there whole. Safe for use by
 * many threads; the folder is this process's own.
 */
final class BuildCaches {
    private static final long GIB = 1L << 30;

    /** Of a cache: its files, and beside them how big they are; the time of the latter is that of the last use. */
    private static final String CONTENT = "content";

    private static final String SIZE = "bytes";
    private static final String NEW = ".new";
    private static final String GONE = ".gone";

    private static final Logger LOG = System.getLogger(BuildCaches.class.getName());

    private final Clock clock;
    private final Path folder;
    private final Bounds bounds;

    /** Shared by those who read; alone is who puts one into its place or drops some. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /**
     * How much is kept.
     *
     * @param all together; least recently used go first
     * @param one a bigger one is not kept
     */
    record Bounds(long all, long one) {
        static final Bounds USUAL = new Bounds(10 * GIB, 2 * GIB);
    }

    BuildCaches(Clock clock, Path folder, Bounds bounds) {
        this.clock = clock;
        this.folder = folder;
        this.bounds = bounds;
    }

    /** Deletes what an earlier server left half made or half deleted. */
    void start() {
        if (Files.isDirectory(folder)) {
            Folders.entries(folder).stream()
                    .filter(entry ->
                            entry.toString().endsWith(NEW) || entry.toString().endsWith(GONE))
                    .forEach(Folders::delete);
        }
    }

    /** Copies one into a new folder; says whether there is one. */
    boolean restore(Digest key, Path to) {
        lock.readLock().lock();
        try {
            Path kept = place(key);
            if (!Files.isDirectory(kept) || size(kept).isEmpty()) {
                return false;
            }
            Files.setLastModifiedTime(kept.resolve(SIZE), FileTime.from(clock.now()));
            new FolderCopy(kept.resolve(CONTENT), to, Long.MAX_VALUE).make();
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a cache is not used: " + place(key), e);
            Folders.delete(to);
            return false;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Keeps a copy of a folder, unless there is one already; says why not, if it cannot. */
    Optional<String> keep(Digest key, Path from) {
        Path made = folder.resolve(key.hex() + "-" + Ids.system().next() + NEW);
        try {
            Optional<FolderCopy.Copied> copied = new FolderCopy(from, made.resolve(CONTENT), bounds.one()).make();
            if (copied.isEmpty()) {
                return Optional.of("it has more than " + CommandWatch.Bounds.size(bounds.one()));
            }
            if (copied.get().files() == 0) {
                return Optional.of("there is nothing in it");
            }
            Files.writeString(made.resolve(SIZE), Long.toString(copied.get().bytes()));
            place(key, made);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it cannot be copied: " + e);
        } finally {
            Folders.delete(made);
        }
    }

    private void place(Digest key, Path made) throws IOException {
        List<Path> gone = new ArrayList<>();
        lock.writeLock().lock();
        try {
            if (Files.exists(place(key)) && size(place(key)).isEmpty()) {
                gone.add(moveAside(place(key)));
            }
            if (!Files.exists(place(key))) {
                Files.setLastModifiedTime(made.resolve(SIZE), FileTime.from(clock.now()));
                Files.move(made, place(key), StandardCopyOption.ATOMIC_MOVE);
            }
            gone.addAll(dropOldest());
        } finally {
            lock.writeLock().unlock();
        }
        gone.forEach(Folders::delete);
    }

    /** Out of the way at once; deleting takes its time. */
    private List<Path> dropOldest() throws IOException {
        List<Path> newestFirst = Folders.entries(folder).stream()
                .filter(entry ->
                        !entry.toString().endsWith(NEW) && !entry.toString().endsWith(GONE))
                .sorted(Comparator.comparing(BuildCaches::lastUse).reversed())
                .toList();
        List<Path> gone = new ArrayList<>();
        long sum = 0;
        for (Path kept : newestFirst) {
            OptionalLong size = size(kept);
            sum += size.orElse(0);
            if (size.isEmpty() || sum > bounds.all()) {
                gone.add(moveAside(kept));
            }
        }
        return gone;
    }

    private Path moveAside(Path kept) throws IOException {
        Path aside = folder.resolve(kept.getFileName() + "-" + Ids.system().next() + GONE);
        return Files.move(kept, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Empty for one that lost it, and who knows what else, when the machine lost its power. */
    private static OptionalLong size(Path kept) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(kept.resolve(SIZE))));
        } catch (NumberFormatException | IOException _) {
            return OptionalLong.empty();
        }
    }

    private static FileTime lastUse(Path kept) {
        try {
            return Files.getLastModifiedTime(kept.resolve(SIZE));
        } catch (IOException _) {
            return FileTime.from(Instant.EPOCH);
        }
    }

    private Path place(Digest key) {
        return folder.resolve(key.hex());
    }
}
