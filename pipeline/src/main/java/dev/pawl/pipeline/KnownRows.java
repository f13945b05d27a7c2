package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** How much data there is at a moment of event time: what a trigger for new data asks. */
public final class KnownRows {
    private final Store store;

    public KnownRows(Store store) {
        this.store = store;
    }

    /** @param packageDigest where a source with a relative path lies */
    public long count(Definition definition, Digest packageDigest, String source, Instant asOf) {
        Definition.DataSource data = definition.data().get(source);
        if (data == null) {
            throw PawlException.notFound("no-source", "pawl.yaml has no source of data '" + source + "'");
        }
        Snapshot snapshot = new Snapshot(source, data, asOf, Optional.empty());
        Path path = Path.of(data.path());
        return path.isAbsolute() ? snapshot.count(path) : countPackaged(snapshot, packageDigest, data.path());
    }

    private long countPackaged(Snapshot snapshot, Digest packageDigest, String path) {
        Digest file = store.artifacts()
                .member(packageDigest, path)
                .orElseThrow(() -> PawlException.notFound("no-file", "The package has no file " + path));
        try {
            Path copy = Files.createTempFile("pawl-rows", ".csv");
            try {
                store.artifacts().writeTo(file, copy);
                return snapshot.count(copy);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw Folders.trouble("read " + path, e);
        }
    }
}
