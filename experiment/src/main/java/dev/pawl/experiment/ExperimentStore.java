package dev.pawl.experiment;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows about experiments. */
final class ExperimentStore {
    private ExperimentStore() {}

    static void add(Tx tx, Experiment experiment) {
        tx.update(
                """
                insert into experiment (run, folder, commit_id, changes, variation, started_at)
                values (?, ?, ?, ?, ?, ?)
                """,
                experiment.run(),
                experiment.folder(),
                experiment.source().commit(),
                experiment.source().changes(),
                Tx.json(experiment.variation()),
                experiment.startedAt());
    }

    static Optional<Experiment> find(Tx tx, RunId run) {
        return tx.first(ExperimentStore::experiment, "select * from experiment where run = ?", run);
    }

    static List<Experiment> newest(Tx tx, int limit) {
        return tx.list(
                ExperimentStore::experiment,
                "select * from experiment order by started_at desc, run desc limit ?",
                limit);
    }

    private static Experiment experiment(Row row) {
        return new Experiment(
                row.id("run", RunId::new),
                row.text("folder"),
                new SourceState(
                        row.optionalText("commit_id").map(CommitId::new),
                        row.optionalText("changes").map(Digest::new)),
                Json.read(row.text("variation"), Variation.class),
                row.instant("started_at"));
    }

    /** The uncommitted changes, as long as their run is kept; and sweeps with all their trials: one can be resumed and looked at. */
    static void needs(Tx tx, Needed needed) {
        needed.texts(
                tx,
                """
                select package_digest || ' ' || definition || ' ' || coalesce(changes, '') as named from sweep
                """,
                "a sweep");
        needed.runs(tx, "select run from trial", "a sweep");
        tx.list(
                        row -> Map.entry(row.id("run", RunId::new), row.text("changes")),
                        "select run, changes from experiment where changes is not null")
                .forEach(changes -> {
                    if (!needed.isGoing(changes.getKey())) {
                        needed.text(changes.getValue(), "an experiment");
                    }
                });
    }

    static void forget(Tx tx, List<RunId> runs) {
        tx.batch(
                "delete from experiment where run = ?",
                runs.stream().map(run -> new Object[] {run}).toList());
    }
}
