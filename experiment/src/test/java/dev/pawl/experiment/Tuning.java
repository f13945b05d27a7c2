package dev.pawl.experiment;

import dev.pawl.definition.PawlYaml;
import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.experiment.PlayedRuns.Played;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.SweepId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Database;
import dev.pawl.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sweeps whose runs are played by the test, over a real store. */
final class Tuning implements AutoCloseable {
    private static final Instant AS_OF = Instant.parse("1971-01-01T00:00:00Z");
    private static final String YAML = """
        project: tuning
        data: { births: { path: births.csv } }
        pipeline:
          steps:
            score:
              run: "true"
              inputs: { births: data.births }
              outputs: { out: file }
              parameters: { x: 0.5, kind: plain }
        sweeps:
          line: { search: random, trials: 5, parallel: 2, metric: score.loss, goal: min, parameters: { score.x: { min: 0, max: 1 } } }
          model: { search: tpe, trials: 25, parallel: 3, metric: score.loss, goal: min, parameters: { score.x: { min: 0, max: 1 } } }
          kinds: { search: grid, metric: score.loss, goal: min, parameters: { score.kind: { of: [plain, fancy] } } }
          rounds:
            search: random
            trials: 4
            parallel: 2
            metric: score.loss
            goal: min
            parameters: { score.x: { min: 0, max: 1 } }
            stop: { by: sample, from: 10, factor: 2 }
        """;

    final Store store;
    final PlayedRuns runs;
    final Sweeps sweeps;
    private final SweepController controller;
    private final Prepared prepared;

    Tuning(Database database, Path folder) {
        this.store = Store.open(
                database, folder, Clock.system(), new Ids(Clock.system(), new Random(7)), List.of(Experiments.SCHEMA));
        var definitions = new Definitions(store.artifacts());
        this.runs = new PlayedRuns(store, definitions);
        this.sweeps = new Sweeps(store, definitions, runs);
        this.controller = new SweepController(store, definitions, runs);
        var definition = yaml(folder).compile(Optional.empty());
        this.prepared = new Prepared(
                folder,
                Digest.of("package"),
                definitions.keep(definition),
                definition,
                SourceState.UNKNOWN,
                Variation.NONE);
    }

    SweepId begin(String name) {
        return sweeps.begin(prepared, name, AS_OF, Optional.empty());
    }

    SweepId begin(String name, int trials) {
        return sweeps.begin(prepared, name, AS_OF, Optional.of(trials));
    }

    Optional<StartedSweep> interrupted(String name) {
        return sweeps.interrupted(prepared, name, Optional.empty());
    }

    List<Played> played() {
        return store.database().read(PlayedRuns::all);
    }

    /** Ends the first run that has not ended; false if there is none. */
    boolean endNext(Outcome outcome) {
        Optional<Played> next = played().stream().filter(run -> !run.ended()).findFirst();
        next.ifPresent(run -> end(run, outcome));
        return next.isPresent();
    }

    /** In one transaction, as a reader of the ledger does. */
    void end(Played run, Outcome outcome) {
        store.database().change(tx -> controller.finished(tx, PlayedRuns.end(tx, run, outcome)));
    }

    void endAll() {
        while (endNext(Outcome.SUCCEEDED)) {
            // each step may begin others
        }
    }

    @Override
    public void close() {
        store.close();
    }

    private static PawlYaml yaml(Path folder) {
        try {
            Files.writeString(folder.resolve("pawl.yaml"), YAML);
            Files.writeString(folder.resolve("births.csv"), "date,births\n");
            return PawlYaml.read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
