package dev.pawl.executor;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is done to whole folders. Links in them are never followed. */
public final class Folders {
    private Folders() {}

    public static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw trouble("make the folder " + folder, e);
        }
    }

    public static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw trouble("read the folder " + folder, e);
        }
    }

    /** All regular files, however deep, sorted by path. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw trouble("read the folder " + folder, e);
        }
    }

    /** Deletes what can be deleted, and never throws: a leftover costs room, not a run. */
    public static void delete(Path folder) {
        Deletion deletion = new Deletion();
        try {
            deletion.of(folder);
        } catch (IOException | RuntimeException e) {
            System.getLogger(Folders.class.getName()).log(Level.WARNING, "left behind: " + folder, e);
        }
    }

    /** Whether something that exists is in a folder, also when links on the way are followed. */
    public static boolean isWithin(Path folder, Path path) {
        try {
            return path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether something that exists is in a folder by its own path: no link on the way below that folder is followed. */
    public static boolean isPlainlyWithin(Path folder, Path path) {
        try {
            return path.toRealPath().equals(folder.toRealPath().resolve(folder.relativize(path)));
        } catch (IOException _) {
            return false;
        }
    }

    public static PawlException trouble(String what, Exception e) {
        return PawlException.external(
                "disk-trouble", "Cannot " + what + ": " + e + ". Is the disk full or read-only?", e);
    }
}
