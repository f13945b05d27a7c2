package dev.pawl.executor;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a folder that other people's commands wrote to: folders that they closed are opened, and what cannot be deleted does
 * not keep the rest. Links are deleted, not followed. Used once.
 */
final class Deletion implements FileVisitor<Path> {
    /** A closed folder shows only when it is open what other closed ones are in it. */
    private static final int MOST_PASSES = 100;

    private final Set<Path> opened = new HashSet<>();
    private boolean again = true;
    private Optional<IOException> leftover = Optional.empty();

    /** @throws IOException the first thing that could not be deleted */
    void of(Path folder) throws IOException {
        for (int pass = 0; again && pass < MOST_PASSES && exists(folder); pass++) {
            again = false;
            leftover = Optional.empty();
            Files.walkFileTree(folder, this);
        }
        if (leftover.isPresent() && exists(folder)) {
            throw leftover.get();
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        open(folder);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        return delete(file);
    }

    /** A folder that cannot be listed comes here without being visited before. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException error) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && opened.add(path)) {
            open(path);
            again = true;
        }
        return leave(error);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) {
        return delete(folder);
    }

    private FileVisitResult delete(Path path) {
        try {
            Files.deleteIfExists(path);
            return FileVisitResult.CONTINUE;
        } catch (IOException e) {
            return leave(e);
        }
    }

    private FileVisitResult leave(IOException error) {
        leftover = leftover.or(() -> Optional.of(error));
        return FileVisitResult.CONTINUE;
    }

    /** If it cannot be opened, deleting what is inside will say so. */
    private static void open(Path folder) {
        File it = folder.toFile();
        var _ = it.setReadable(true) && it.setWritable(true) && it.setExecutable(true);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
