package dev.pawl.store;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The artifact store as a collection sees it. Deleting an object has two steps: it is set aside, and deleted from there after a
 * second look. An object that is put again meanwhile gets a file of its own, and one that is read meanwhile is brought back.
 */
public final class ArtifactSweep implements AutoCloseable {
    /** What every folder that is not empty begins with: see {@link Artifacts}. */
    private static final byte[] FOLDER = "[{\"digest\":\"sha256:".getBytes(StandardCharsets.UTF_8);

    private final Artifacts artifacts;
    private final SetAside aside;
    private final Path own;

    private interface Work<T> {
        T run() throws IOException;
    }

    /** @param id names this collection among all */
    public ArtifactSweep(Artifacts artifacts, String id) {
        this.artifacts = artifacts;
        this.aside = artifacts.setAside();
        this.own = aside.folder().resolve(id);
        work("make " + own, () -> Files.createDirectories(own));
    }

    /** @param touched when it was put last, or let go of */
    public record Kept(Digest digest, long bytes, Instant touched) {}

    /** By the clock that {@link Kept#touched} is of. */
    public Instant now() {
        return work("read the time of " + aside.folder(), aside::now);
    }

    public List<Kept> kept() {
        return work("read " + artifacts.objects(), () -> {
            try (Stream<Path> files = Files.walk(artifacts.objects(), 2)) {
                return files.flatMap(file -> kept(file).stream()).toList();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    /**
     * Makes objects count as put at a moment to come.
     *
     * @param ahead how long from now
     */
    public void touch(Collection<Digest> digests, Duration ahead) {
        FileTime then = FileTime.from(now().plus(ahead));
        digests.forEach(digest -> work("touch " + digest, () -> {
            try {
                return Files.setLastModifiedTime(artifacts.path(digest), then);
            } catch (NoSuchFileException e) {
                return then; // what is not there need not be kept
            }
        }));
    }

    /** Takes an object out of the way, unless it was touched since a moment. */
    public boolean setAside(Digest digest, Instant since) {
        return work("set aside " + digest, () -> {
            Path file = own.resolve(digest.hex());
            try {
                if (!isOld(artifacts.path(digest), since)) {
                    return false;
                }
                Files.move(artifacts.path(digest), file, StandardCopyOption.ATOMIC_MOVE);
                boolean old = isOld(file, since); // it may have been put anew just before it was moved
                if (!old) {
                    aside.bringBack(file, artifacts.path(digest));
                }
                return old;
            } catch (NoSuchFileException e) {
                return false; // it is gone, or a reader or another collection has brought it back already
            }
        });
    }

    private static boolean isOld(Path file, Instant since) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(since);
    }

    public void bringBack(Digest digest) {
        work("bring back " + digest, () -> aside.bringBack(own.resolve(digest.hex()), artifacts.path(digest)));
    }

    /** Deletes what was set aside, unless somebody has brought it back. */
    public boolean delete(Digest digest) {
        return work("delete " + digest, () -> Files.deleteIfExists(own.resolve(digest.hex())));
    }

    /** What a folder consists of; nothing if this is a file or is not there. */
    public Set<Digest> contents(Digest digest) {
        return work("read " + digest, () -> {
            try (InputStream in = artifacts.open(digest)) {
                byte[] head = in.readNBytes(FOLDER.length);
                return Arrays.equals(head, FOLDER) ? members(digest) : Set.<Digest>of();
            } catch (NoSuchFileException e) {
                return Set.<Digest>of();
            }
        });
    }

    /** Brings back what collections have left that were killed, and removes what was half written before a moment. */
    public void tidy(Instant before) {
        work("tidy " + aside.folder(), () -> {
            for (Path collection : aside.collections()) {
                if (!collection.equals(own)) {
                    bringAllBack(collection);
                }
            }
            for (Path half : entries(artifacts.aside())) {
                removeIfOld(half, before);
            }
            return true;
        });
    }

    /** Whatever is still set aside is brought back. */
    @Override
    public void close() {
        work("tidy " + own, () -> {
            bringAllBack(own);
            return true;
        });
    }

    private static void removeIfOld(Path half, Instant before) throws IOException {
        try {
            if (isOld(half, before)) {
                Files.deleteIfExists(half);
            }
        } catch (NoSuchFileException e) {
            // it was finished meanwhile
        }
    }

    private void bringAllBack(Path collection) throws IOException {
        for (Path file : entries(collection)) {
            aside.bringBack(file, artifacts.path(new Digest("sha256:" + file.getFileName())));
        }
        try {
            Files.deleteIfExists(collection);
        } catch (DirectoryNotEmptyException e) {
            // its collection is under way and has set aside more since: that is its own to tidy
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return new ArrayList<>(entries.toList());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private List<Kept> kept(Path file) {
        String hex = artifacts.objects().relativize(file).toString().replaceAll("[/\\\\]", "");
        if (!hex.matches("[0-9a-f]{64}")) {
            return List.of(); // a folder
        }
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            Instant touched = found.lastModifiedTime().toInstant();
            return List.of(new Kept(new Digest("sha256:" + hex), found.size(), touched));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What only looks like a folder, or is damaged, has no members that could be read. */
    private Set<Digest> members(Digest digest) {
        try {
            return Stream.of(Json.read(artifacts.text(digest), Artifacts.Member[].class))
                    .map(Artifacts.Member::digest)
                    .collect(Collectors.toSet());
        } catch (PawlException e) {
            if (e.code().equals("disk-trouble")) {
                throw e;
            }
            return Set.of();
        }
    }

    private static <T> T work(String what, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw PawlException.external(
                    "disk-trouble", "Cannot " + what + ": " + e + ". Nothing that is needed was deleted.", e);
        }
    }
}
