package dev.pawl.store;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process off a folder. The operating system drops the lock with the process, however it ends. */
public final class FolderLock implements AutoCloseable {
    /** Holds the process id of whoever has the folder, for people. */
    public static final String FILE = "lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    public static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(FILE);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw inUse(folder, Files.readString(file).strip());
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            return new FolderLock(channel);
        } catch (IOException e) {
            throw PawlException.external(
                    "disk-trouble", "Cannot use the folder " + folder + ": " + e + ". Is it writable?", e);
        }
    }

    private static PawlException inUse(Path folder, String pid) {
        return PawlException.conflict(
                "folder-in-use",
                "Another Pawl (process %s) is running on the folder %s. Stop it first, or choose another folder."
                        .formatted(pid, folder));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot release the folder's lock: " + e, e);
        }
    }
}
