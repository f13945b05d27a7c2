package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real file system of a few MiB, in memory, that can be filled up to the last byte. Mounting it takes root. */
record SmallDisk(Path folder) implements AutoCloseable {
    static SmallDisk mount(Path folder, int mebibytes) throws IOException {
        boolean mounted =
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", "" + Folders.make(folder));
        if (System.getenv("PAWL_CI") == null) {
            Assumptions.assumeTrue(mounted, "skipped: only root may mount a small disk");
        }
        assertThat(mounted).as("a small disk is mounted").isTrue();
        return new SmallDisk(folder);
    }

    /** Takes all that is left but so many bytes. */
    void fillBut(long left) throws IOException {
        byte[] piece = new byte[4096];
        try (OutputStream out =
                Files.newOutputStream(filling(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (room() > left) {
                out.write(piece);
            }
        }
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(filling());
    }

    private long room() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private Path filling() {
        return folder.resolve("filling");
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", folder.toString());
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue() == 0;
    }
}
