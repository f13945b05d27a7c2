package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.DataSource;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Store;
import java.nio.file.Path;

/** Gives the steps of a run the same view of each source of data, kept as an artifact. */
final class Sources {
    private final Store store;
    private final RunStore runs;

    Sources(Store store, RunStore runs) {
        this.store = store;
        this.runs = runs;
    }

    /** @param scratch a folder for what is in the making */
    Digest snapshot(RunSpec run, Definition definition, String name, Path packageFolder, Path scratch) {
        Digest known = store.database().read(tx -> runs.snapshots(tx, run.id())).get(name);
        if (known != null) {
            return known;
        }
        DataSource source = definition.data().get(name);
        if (source == null) {
            throw PawlException.notFound("no-source", "pawl.yaml has no source of data '" + name + "'");
        }
        Path target = Folders.make(scratch).resolve("snapshot-" + store.ids().next() + ".csv");
        new Snapshot(name, source, run.asOf(), run.sample()).write(file(source, packageFolder), target);
        Digest artifact = store.artifacts().put(target);
        return store.database().transact(tx -> runs.keepSnapshot(tx, run.id(), name, artifact));
    }

    private static Path file(DataSource source, Path packageFolder) {
        Path file = packageFolder.resolve(source.path()).normalize();
        if (!Path.of(source.path()).isAbsolute() && !file.startsWith(packageFolder)) {
            throw PawlException.user(
                    "bad-path", "The data path " + source.path() + " in pawl.yaml leads out of the repository");
        }
        return file;
    }
}
