package dev.pawl.ci;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whole folders: made, listed, deleted. */
final class Folders {
    private Folders() {}

    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw trouble("make the folder " + folder, e);
        }
    }

    /** What lies directly in a folder, by name. */
    static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw trouble("read the folder " + folder, e);
        }
    }

    /** Deletes a folder with all that is in it, links unfollowed. What is left behind costs room, not a verdict. */
    static void delete(Path folder) {
        try {
            if (Files.exists(folder)) {
                Files.walkFileTree(folder, new Deletion());
            }
        } catch (IOException e) {
            System.getLogger(Folders.class.getName()).log(Level.WARNING, "left behind: " + folder, e);
        }
    }

    private static PawlException trouble(String what, Exception e) {
        return PawlException.external(
                "disk-trouble", "Cannot " + what + ": " + e + ". Is the disk full or read-only?", e);
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var _ = folder.toFile().setWritable(true); // if it cannot be, deleting what is inside will say so
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
            if (error != null) {
                throw error;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
