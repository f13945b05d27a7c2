package dev.pawl.store;

import dev.pawl.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Objects that collections have taken out of the way, to look once more before they delete them, in a folder for each collection.
 * Whoever reads one of these meanwhile brings it back.
 */
record SetAside(Path folder) {
    private static final int LOOKS = 10;

    /** Collections may take an object away at any moment, each of them only to bring it back: hence more than one look. */
    InputStream open(Digest digest, Path name) throws IOException {
        for (int look = 1; look < LOOKS; look++) {
            try {
                return Files.newInputStream(name);
            } catch (NoSuchFileException e) {
                bringBack(digest, name);
            }
        }
        return Files.newInputStream(name);
    }

    /** The file system's time, by which the age of objects is told: with a shared folder it is nobody's own. */
    Instant now() throws IOException {
        Path probe = folder.resolveSibling("clock");
        Files.write(
                probe,
                new byte[] {0},
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); // nothing is cut off: that costs a sync
        return Files.getLastModifiedTime(probe).toInstant();
    }

    /** @return whether it was there */
    boolean bringBack(Digest digest, Path name) throws IOException {
        for (Path collection : collections()) {
            if (bringBack(collection.resolve(digest.hex()), name)) {
                return true;
            }
        }
        return false;
    }

    /** It counts as new: what was put meanwhile under its name may be replaced by it, and is new. */
    boolean bringBack(Path from, Path name) throws IOException {
        try {
            Files.setLastModifiedTime(from, FileTime.from(now()));
            Files.createDirectories(name.getParent());
            Files.move(from, name, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    List<Path> collections() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }
}
