package dev.pawl.ci;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies a folder that other people's commands wrote: files with their rights and times, and links that stay within it. Links are never
 * followed; those that lead out of it, and what is neither file nor folder, are left out. Used once.
 */
final class FolderCopy extends SimpleFileVisitor<Path> {
    /** What a file or folder takes at least, so that a million empty ones are not nothing. */
    private static final long LEAST = 4096;

    private final Path from;
    private final Path to;
    private final long mostBytes;
    private long bytes;
    private long files;

    FolderCopy(Path from, Path to, long mostBytes) {
        this.from = from;
        this.to = to;
        this.mostBytes = mostBytes;
    }

    /**
     * What was copied.
     *
     * @param bytes with what each file and folder takes by itself
     */
    record Copied(long files, long bytes) {}

    /** Makes it, in a new folder; empty if it is bigger than it may be, which is seen on the way. */
    Optional<Copied> make() throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.walkFileTree(from, this);
        return bytes > mostBytes ? Optional.empty() : Optional.of(new Copied(files, bytes));
    }

    private FileVisitResult add(long size) {
        bytes += Math.max(size, LEAST);
        return bytes > mostBytes ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private Path target(Path path) {
        return to.resolve(from.relativize(path));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Files.createDirectory(target(folder));
        return add(LEAST);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return staysWithin(file) ? copyOf(file, LEAST) : FileVisitResult.CONTINUE;
        }
        if (!attributes.isRegularFile() || add(attributes.size()) == FileVisitResult.TERMINATE) {
            return bytes > mostBytes ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
        return copyOf(file, 0);
    }

    private FileVisitResult copyOf(Path file, long size) throws IOException {
        Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        files++;
        return size == 0 ? FileVisitResult.CONTINUE : add(size);
    }

    /** By what it says. One that leads out over another link is harmless to who never follows any. */
    private boolean staysWithin(Path link) throws IOException {
        Path said = Files.readSymbolicLink(link);
        return !said.isAbsolute() && link.resolveSibling(said).normalize().startsWith(from.normalize());
    }

    /** Last, as some tools close their folders, in which nothing could be made then. */
    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
        if (error != null) {
            throw error;
        }
        PosixFileAttributeView own = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (own != null) {
            Files.setPosixFilePermissions(target(folder), own.readAttributes().permissions());
        }
        var times = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Files.getFileAttributeView(target(folder), BasicFileAttributeView.class)
                .setTimes(times.lastModifiedTime(), null, null);
        return FileVisitResult.CONTINUE;
    }
}
