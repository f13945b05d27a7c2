package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

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

    /**
     * The package's files under the names they have in the repository, as links in folders of its own: what a step writes beside them
     * stays there, and a container, which sees their targets read only, cannot write through them.
     */
    void link(Path packageFolder, Collection<String> files) {
        try {
            Folders.make(work());
            for (String file : files) {
                Path own = work().resolve(file);
                Files.createDirectories(own.getParent());
                Files.createSymbolicLink(own, packageFolder.resolve(file));
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw Folders.trouble("link the package into " + work(), e);
        }
    }

    @Override
    public void close() {
        Folders.delete(root);
    }
}
