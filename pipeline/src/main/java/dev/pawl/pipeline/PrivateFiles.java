package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files (0600) in folders (0700) that nobody but their owner may read. Written whole or not at all. */
public record PrivateFiles(Ids ids) {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    /** Replaces what is there. */
    public void write(Path file, byte[] content) {
        try {
            Path aside = aside(file, content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Folders.trouble("write " + file, e);
        }
    }

    /** Leaves what is there: another process was faster. */
    public void writeOnce(Path file, byte[] content) {
        try {
            Path aside = aside(file, content);
            try {
                Files.createLink(file, aside);
            } catch (FileAlreadyExistsException _) {
                return;
            } finally {
                Files.delete(aside);
            }
        } catch (IOException e) {
            throw Folders.trouble("write " + file, e);
        }
    }

    /** @throws PawlException if others may read it, too */
    public byte[] read(Path file) {
        try {
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (!FILE.containsAll(may)) {
                throw PawlException.conflict(
                        "secret-readable",
                        "%s is open to other users (%s): nothing is read from it. Close it: chmod 600 %s"
                                .formatted(file, PosixFilePermissions.toString(may), file));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        }
    }

    private Path aside(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        }
        Path aside = folder.resolve(".new-" + ids.next());
        Files.createFile(aside, PosixFilePermissions.asFileAttribute(FILE));
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        return aside;
    }
}
