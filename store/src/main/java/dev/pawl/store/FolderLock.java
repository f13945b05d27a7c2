package dev.pawl.store;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second process off a folder. The operating system drops the lock with the process, however it ends. */
public final class FolderLock implements AutoCloseable {
    /** Holds the process id of whoever has the folder, for people. */
    public static final String FILE = "lock";

    /** The code of the error that says that another process has the folder. */
    public static final String IN_USE = "folder-in-use";

    /** Of this process. Closing any channel of a file drops the lock that another channel holds, so none may be opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    public static FolderLock take(Path place) {
        Path folder = place.toAbsolutePath().normalize();
        if (!HELD.add(folder)) {
            throw inUse(folder, ProcessHandle.current().pid() + ", this one");
        }
        boolean taken = false;
        try {
            FolderLock lock = lock(folder);
            taken = true;
            return lock;
        } catch (IOException e) {
            throw PawlException.external(
                    "disk-trouble", "Cannot use the folder " + folder + ": " + why(e) + ". Choose another one.", e);
        } finally {
            if (!taken) {
                HELD.remove(folder);
            }
        }
    }

    private static FolderLock lock(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(folder, Files.readString(file).strip());
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
        return new FolderLock(folder, channel);
    }

    private static String why(IOException error) {
        return switch (error) {
            case NoSuchFileException _ -> "nothing can be made there";
            case AccessDeniedException _ -> "this user may not write there";
            case FileAlreadyExistsException _ -> "it is a file";
            case FileSystemException other -> Objects.requireNonNullElse(other.getReason(), other.toString());
            default -> error.toString();
        };
    }

    private static PawlException inUse(Path folder, String pid) {
        return PawlException.conflict(
                IN_USE,
                "Another Pawl (process %s) is running on the folder %s. Stop it first, or choose another folder."
                        .formatted(pid, folder));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot release the folder's lock: " + e, e);
        } finally {
            HELD.remove(folder);
        }
    }
}
