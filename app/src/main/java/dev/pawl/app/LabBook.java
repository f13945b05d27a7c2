package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.experiment.Experiments;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Lineage;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.Runs;
import dev.pawl.store.Database;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the folder {@code .pawl} of a working copy records, to be read at any time: a run may be under way meanwhile. */
final class LabBook implements AutoCloseable {
    private final Path folder;
    private final Store store;
    private final Runs runs;

    private LabBook(Path folder, Store store) {
        this.folder = folder;
        this.store = store;
        this.runs = new Runs(store);
    }

    static LabBook of(Path project) {
        Path folder = folder(project);
        Database database = Database.sqlite(folder.resolve("pawl.db"));
        List<Schema> schemas = List.of(Orchestrator.SCHEMA, Experiments.SCHEMA);
        return new LabBook(folder, Store.open(database, folder, Clock.system(), Ids.system(), schemas));
    }

    /** The folder {@code .pawl} of a working copy in which something was run. */
    static Path folder(Path project) {
        Path folder = project.toAbsolutePath().normalize().resolve(".pawl");
        if (!Files.isDirectory(folder)) {
            throw PawlException.notFound(
                    "no-runs", "Nothing was run in " + folder.getParent() + " yet; 'pawl run' does");
        }
        return folder;
    }

    Path folder() {
        return folder;
    }

    Store store() {
        return store;
    }

    Runs runs() {
        return runs;
    }

    Definition definition(Run run) {
        return new Definitions(store.artifacts()).get(run.spec().definition());
    }

    Origins origins() {
        return new Origins(runs, new Lineage(store), new Definitions(store.artifacts()), new Origins.Known() {
            @Override
            public Optional<LineageView.Source> source(Run run) {
                return Experiments.find(store, run.spec().id())
                        .flatMap(experiment -> experiment
                                .source()
                                .commit()
                                .map(commit -> new LineageView.Source(
                                        commit.value(), experiment.source().changes())));
            }

            @Override
            public List<String> registered(Digest artifact) {
                return List.of(); // models are registered by servers
            }
        });
    }

    /** @return the one that is meant, else the newest one */
    RunId run(Optional<String> given) {
        return given.map(RunId::new)
                .orElseGet(() -> runs.newest(Optional.empty(), Optional.empty(), 1).stream()
                        .map(run -> run.spec().id())
                        .findFirst()
                        .orElseThrow(() -> PawlException.notFound("no-runs", "There is no run in " + folder + " yet")));
    }

    @Override
    public void close() {
        store.close();
    }
}
