package dev.pawl.pipeline;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Finds outputs that were made before of the very same, with what was reported then: a collection may delete the run that made them a
 * moment later. What is missing or damaged was not found: it is made again.
 */
record StepCache(Store store, StepCacheStore rows) {

    Optional<StepOutcome> find(CacheKey key) {
        return store.database()
                .read(tx -> rows.find(tx, key.digest())
                        .map(entry -> new StepOutcome.Found(key, entry, rows.metrics(tx, entry.step()))))
                .filter(found -> isWhole(key, found.entry()))
                .map(StepOutcome.class::cast);
    }

    /** Reading an artifact to its end is what checks it. */
    private boolean isWhole(CacheKey key, StepCacheStore.Entry entry) {
        try {
            key.outputs().forEach((name, output) -> {
                Digest digest = Optional.ofNullable(entry.outputs().get(name))
                        .orElseThrow(() -> PawlException.notFound("no-output", "the entry has no output " + name));
                check(digest, output.list() ? OutputType.FOLDER : output.type());
            });
            return true;
        } catch (PawlException e) {
            System.getLogger(StepCache.class.getName())
                    .log(Level.WARNING, "what the cache has for step {0} is not used: {1}", entry.step(), e.text());
            return false;
        }
    }

    private void check(Digest digest, OutputType type) {
        switch (type) {
            case FOLDER -> store.artifacts().members(digest).values().forEach(store.artifacts()::check);
            case TABLE, MODEL, REPORT, RECORD, VALUE, FILE -> store.artifacts().check(digest);
        }
    }
}
