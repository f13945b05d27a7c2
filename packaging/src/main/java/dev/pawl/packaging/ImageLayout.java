package dev.pawl.packaging;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as an OCI layout in the artifact store: a folder of blobs, which have their own digests, so that images share layers.
 *
 * @param work for one blob at a time
 */
record ImageLayout(Artifacts artifacts, Path work) {
    static final String BLOBS = "blobs/sha256/";

    /**
     * What a layout of one image says of it, to the byte as Jib writes it.
     *
     * @param size of the manifest
     */
    static String index(Digest manifest, long size, String name) {
        return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[{\"mediaType\":"
                + "\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"%s\",\"size\":%d,\"annotations\":"
                        .formatted(manifest, size)
                + "{\"org.opencontainers.image.ref.name\":\"%s\"}}]}".formatted(name);
    }

    /** @param tar of a layout that we wrote ourselves */
    Digest keep(Path tar) {
        TreeMap<String, Digest> files = new TreeMap<>();
        Path file = Folders.make(work).resolve("blob");
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isFile()) {
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                    files.put(entry.getName(), artifacts.put(file));
                }
            }
        } catch (IOException e) {
            throw Folders.trouble("read " + tar, e);
        }
        files.forEach((path, digest) -> {
            if (path.startsWith(BLOBS) && !path.equals(BLOBS + digest.hex())) {
                throw PawlException.internal(
                        "bad-image", "Blob " + path + " has another digest", new IOException(digest.value()));
            }
        });
        return artifacts.folder(files);
    }
}
