package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.store.Artifacts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiled definitions, kept as artifacts: a fact that names one by digest can always be followed. */
public final class Definitions {
    private static final int MOST_REMEMBERED = 1_000;

    private final Artifacts artifacts;
    private final Map<Digest, Definition> remembered = new ConcurrentHashMap<>();

    public Definitions(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    public Digest keep(Definition definition) {
        return artifacts.putText(Json.write(definition));
    }

    public Definition get(Digest digest) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(digest, key -> Json.read(artifacts.text(key), Definition.class));
    }
}
