package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Store;
import java.nio.file.Path;
import java.util.Optional;

/** Finds an earlier run that answers for one of the same content. */
record Answered(Store store, Definitions definitions) {
    /** Not if data lies outside of the commit, or another branch is compared with: these may have changed. */
    Optional<CiRun> find(CiRun run, Digest content) {
        return store.database()
                .read(tx -> new CiStore().passed(tx, run, content))
                .filter(earlier -> definitions.get(earlier.definition().orElseThrow()).data().values().stream()
                        .noneMatch(source -> Path.of(source.path()).isAbsolute()))
                .filter(earlier -> definitions
                        .get(earlier.definition().orElseThrow())
                        .ci()
                        .difference()
                        .isEmpty());
    }
}
