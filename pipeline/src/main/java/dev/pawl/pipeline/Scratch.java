package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one attempt, which is there once something is put in. It is never used again: what an attempt that broke left
 * behind cannot be taken for a result.
 *
 * @param root its own folder
 */
record Scratch(Path root) implements Closeable {
    static Scratch in(Path folder, String name) {
        return new Scratch(folder.resolve(name).toAbsolutePath());
    }

    /** Where the process runs. */
    Path work() {
        return root.resolve("work");
    }

    Path inputs() {
        return root.resolve("inputs");
    }

    Path outputs() {
        return root.resolve("outputs");
    }

    Path metrics() {
        return root.resolve("metrics.jsonl");
    }

    Path log() {
        return root.resolve("log.txt");
    }

    /** The package's files under the names they have in the repository; what a step writes stays in its own folder. */
    void link(Path packageFolder) {
        try {
            Folders.make(work());
            for (Path entry : Folders.entries(packageFolder)) {
                Files.createSymbolicLink(work().resolve(entry.getFileName()), entry);
            }
        } catch (IOException e) {
            throw Folders.trouble("link the package into " + work(), e);
        }
    }

    @Override
    public void close() {
        Folders.delete(root);
    }
}
