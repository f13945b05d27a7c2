package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What is done to whole folders. */
final class Folder {
    private Folder() {}

    /** @throws PawlException if a new file would have no folder to be in */
    static void requireParent(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw PawlException.user(
                    "no-folder",
                    "There is no folder %s to put %s in: make it first".formatted(parent, file.getFileName()));
        }
    }

    /** Deletes what can be deleted; never follows links. */
    static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.getLogger("pawl").log(Level.WARNING, "left behind: " + folder, e);
        }
    }
}
