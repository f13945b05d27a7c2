package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.experiment.Experiments;
import dev.pawl.experiment.PastExperiments;
import dev.pawl.experiment.PastSweeps;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.Runs;
import dev.pawl.store.Database;
import dev.pawl.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What was run in a working copy, for reading. It needs no lock: a 'pawl run' may be under way in the same folder. */
record Notebook(Path project, Store store, Definitions definitions, Runs runs, PastExperiments experiments)
        implements AutoCloseable {
    static final String FOLDER = ".pawl";
    static final String NOTHING_RUN = "nothing was run here yet; 'pawl run' does, and --server URL asks a server";

    Notebook(Path project, Store store) {
        this(project, store, new Definitions(store.artifacts()), new Runs(store), new PastExperiments(store));
    }

    /** @throws PawlException if nothing was run there */
    static Notebook open(Path project) {
        return find(project).orElseThrow(() -> nothingRun(project));
    }

    /** Empty if nothing was run there. */
    static Optional<Notebook> find(Path project) {
        Path folder = project.resolve(FOLDER);
        Path database = folder.resolve("pawl.db");
        if (!Files.isRegularFile(database)) {
            return Optional.empty();
        }
        var schemas = List.of(Orchestrator.SCHEMA, Experiments.SCHEMA);
        return Optional.of(new Notebook(
                project, Store.open(Database.sqlite(database), folder, Clock.system(), Ids.system(), schemas)));
    }

    /** The folder that a laboratory uses. */
    Path folder() {
        return project.resolve(FOLDER);
    }

    /** The one that is meant, else the newest one. */
    RunId run(Optional<String> given) {
        return given.map(this::named)
                .orElseGet(() -> runs.newest(Optional.empty(), Optional.empty(), 1).stream()
                        .map(run -> run.spec().id())
                        .findFirst()
                        .orElseThrow(() -> nothingRun(project)));
    }

    /** The one whose id is this, or begins so. */
    Run run(String given) {
        return runs.run(named(given));
    }

    /** @throws PawlException if no run of this working copy is meant: it may be a server's */
    RunId named(String given) {
        try {
            return runs.named(given);
        } catch (PawlException e) {
            if (e.code().equals(Runs.NO_RUN)) {
                throw PawlException.notFound(
                        e.code(),
                        "There is no run %s in %s; 'pawl runs' lists those that there are, with --server URL a server's"
                                .formatted(given, project));
            }
            throw e;
        }
    }

    Standing standing(Run run) {
        return run.state().isOver()
                        || run.startedAt().isEmpty()
                        || runs.isAttended(run.spec().id())
                        || runs.run(run.spec().id()).state().isOver() // it may have ended just now
                ? Standing.of(run.state())
                : Standing.INTERRUPTED;
    }

    PastSweeps sweeps() {
        return new PastSweeps(store, definitions);
    }

    Definition definition(Run run) {
        return definitions.get(run.spec().definition());
    }

    private static PawlException nothingRun(Path project) {
        return PawlException.notFound(
                "no-runs", "Nothing was run in " + project + " yet; 'pawl run' does, and --server URL asks a server");
    }

    @Override
    public void close() {
        store.close();
    }
}
