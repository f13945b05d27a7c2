package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one attempt. It is never used again: what an attempt that broke left behind cannot be taken for a result.
 *
 * @param root its own folder
 */
record Scratch(Path root) implements Closeable {
    static Scratch in(Path folder, String name) {
        Scratch scratch = new Scratch(folder.resolve(name).toAbsolutePath());
        Folders.make(scratch.inputs());
        Folders.make(scratch.outputs());
        Folders.make(scratch.work());
        return scratch;
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

    Path step() {
        return root.resolve("step.json");
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
