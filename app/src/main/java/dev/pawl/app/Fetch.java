package dev.pawl.app;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Copies artifacts to files and folders. Nothing that is there is written over, and nothing is written outside of what is named.
 *
 * @param copy streams the content of an artifact, checked
 */
record Fetch(BiConsumer<Digest, OutputStream> copy) {
    /** A list of files is this long at the most: 100,000 of them with long names. */
    private static final int MOST_LIST_BYTES = 64 * 1024 * 1024;

    private record Member(String path, Digest digest, boolean executable) {}

    /**
     * @param target a new file or folder, or a folder to put it in
     * @return what was made
     */
    Path to(Path target, OutputView output) {
        Path asked = target.toAbsolutePath().normalize();
        Path made = Files.isDirectory(asked) ? asked.resolve(output.file()) : asked;
        if (Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
            throw PawlException.conflict(
                    "file-exists", made + " is there already: name another with --to, or remove it");
        }
        Folder.requireParent(made);
        make(output, made);
        return made;
    }

    /** What could not be copied to its end is gone again. */
    private void make(OutputView output, Path made) {
        boolean done = false;
        try {
            if (output.isFolder()) {
                folder(output.artifact(), made);
            } else {
                file(output.artifact(), made);
            }
            done = true;
        } finally {
            if (!done) {
                Folders.delete(made);
            }
        }
    }

    private void folder(Digest artifact, Path root) {
        for (Member member : members(artifact)) {
            Path file = root.resolve(member.path()).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw PawlException.conflict(
                        "bad-artifact",
                        "Artifact %s names a file outside of itself: %s".formatted(artifact, member.path()));
            }
            Folders.make(Objects.requireNonNull(file.getParent()));
            file(member.digest(), file);
            if (member.executable() && !file.toFile().setExecutable(true)) {
                throw Folders.trouble("make executable " + file, new IOException("refused"));
            }
        }
        Folders.make(root); // there is one even if it is empty
    }

    private Member[] members(Digest artifact) {
        var list = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] some, int from, int length) {
                if (count + length > MOST_LIST_BYTES) {
                    throw PawlException.limit("too-many-files", "The list of its files is too long");
                }
                super.write(some, from, length);
            }
        };
        copy.accept(artifact, list);
        return Json.read(list.toString(StandardCharsets.UTF_8), Member[].class);
    }

    private void file(Digest artifact, Path file) {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            copy.accept(artifact, out);
        } catch (IOException e) {
            throw Folders.trouble("write " + file, e);
        }
    }
}
