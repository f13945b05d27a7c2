package dev.pawl.app;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;

/**
 * Writes what a server gives to a new file. What did not come to its end is gone again.
 *
 * @param copy streams what is at a path
 */
record Download(BiConsumer<String, OutputStream> copy) {
    void to(Path file, String path) {
        Folder.requireParent(file.toAbsolutePath());
        boolean done = false;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy.accept(path, out);
            done = true;
        } catch (FileAlreadyExistsException e) {
            done = true;
            throw PawlException.conflict("file-exists", file + " is there already: name another, or remove it");
        } catch (IOException e) {
            throw Folders.trouble("write " + file, e);
        } finally {
            if (!done) {
                Folders.delete(file);
            }
        }
    }
}
