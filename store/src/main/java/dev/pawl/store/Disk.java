package dev.pawl.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the artifact store asks of a disk: few enough operations that tests can let each of them fail. */
interface Disk {
    OutputStream create(Path file) throws IOException;

    /** Returns once the file's content is on disk, power cut or not. */
    void sync(Path file) throws IOException;

    /** Gives a finished file its name, atomically, and makes that durable. */
    void publish(Path finished, Path name) throws IOException;

    /** Makes the name of a file durable: whoever gave it may not have come to that yet. */
    void settle(Path name) throws IOException;

    static Disk real() {
        return new Real();
    }

    /** The machine's own. */
    final class Real implements Disk {
        @Override
        public OutputStream create(Path file) throws IOException {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        }

        @Override
        public void sync(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void publish(Path finished, Path name) throws IOException {
            Files.move(finished, name, StandardCopyOption.ATOMIC_MOVE);
            settle(name);
        }

        @Override
        public void settle(Path name) throws IOException {
            try (FileChannel folder = FileChannel.open(name.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
