package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for what tests write, gone when the JVM ends. */
final class TestFolders {
    private static final Path ROOT = makeRoot();

    private TestFolders() {}

    static Path fresh() {
        try {
            return Files.createTempDirectory(ROOT, "run-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder in " + ROOT + ": " + e, e);
        }
    }

    static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + folder + ": " + e, e);
        }
    }

    private static Path makeRoot() {
        try {
            Path root = Files.createTempDirectory("pawl-test-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(root)));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary folder: " + e, e);
        }
    }
}
