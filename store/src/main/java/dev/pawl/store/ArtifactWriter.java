package dev.pawl.store;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** Writes objects: aside, synced and renamed. What is small and there already, whole, is not written again. */
record ArtifactWriter(Artifacts artifacts, Disk disk, Ids ids) {
    /** Content of up to this size is held in memory, to be compared. */
    private static final int SMALL = 256 * 1024;

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    Digest put(byte[] content) {
        Digest digest = Digest.of(content);
        return content.length <= SMALL && isKept(digest, content) ? digest : write(out -> out.write(content));
    }

    Digest put(Path file) {
        try {
            return Files.size(file) <= SMALL ? put(Files.readAllBytes(file)) : write(out -> Files.copy(file, out));
        } catch (IOException e) {
            throw ArtifactFailure.trouble("read " + file, e);
        }
    }

    private boolean isKept(Digest digest, byte[] content) {
        Path object = artifacts.path(digest);
        if (!Files.exists(object)) {
            return false;
        }
        try {
            touch(object);
            boolean whole = Arrays.equals(Files.readAllBytes(object), content);
            if (whole) {
                disk.settle(object);
            }
            return whole;
        } catch (IOException e) {
            return false; // it is written, and replaces what cannot be read
        }
    }

    /** It counts as put now, so that a collection leaves it. Collections touch with times to come: those stay. */
    private void touch(Path object) throws IOException {
        FileTime now = FileTime.from(artifacts.setAside().now());
        if (Files.getLastModifiedTime(object).compareTo(now) < 0) {
            Files.setLastModifiedTime(object, now);
        }
    }

    private Digest write(Content content) {
        Path file = artifacts.aside().resolve(ids.next());
        try {
            MessageDigest sha = Digest.sha256();
            try (OutputStream out = new DigestOutputStream(disk.create(file), sha)) {
                content.writeTo(out);
            }
            disk.sync(file);
            Digest digest = Digest.of(sha);
            publish(file, digest);
            return digest;
        } catch (IOException e) {
            throw ArtifactFailure.trouble("keep an artifact in " + artifacts.objects(), e);
        } finally {
            Artifacts.deleteQuietly(file);
        }
    }

    /** Replaces what is there: if it was damaged, it is mended. */
    private void publish(Path file, Digest digest) throws IOException {
        Path name = artifacts.path(digest);
        Files.createDirectories(name.getParent());
        disk.publish(file, name);
    }
}
