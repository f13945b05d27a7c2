package dev.pawl.experiment;

import dev.pawl.experiment.StartedSweep.State;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SweepId;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Rows about sweeps and their trials. */
final class SweepStore {
    private SweepStore() {}

    static void add(Tx tx, StartedSweep sweep) {
        tx.update(
                """
                insert into sweep (id, name, project, folder, commit_id, changes, package_digest, definition, as_of, trials,
                  state, steps, started_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
                """,
                sweep.id(),
                sweep.name(),
                sweep.project(),
                sweep.folder(),
                sweep.source().commit(),
                sweep.source().changes(),
                sweep.packageDigest(),
                sweep.definition(),
                sweep.asOf(),
                sweep.trials(),
                sweep.state(),
                sweep.startedAt());
    }

    static Optional<StartedSweep> find(Tx tx, SweepId id) {
        return tx.first(SweepStore::sweep, "select * from sweep where id = ?", id);
    }

    /** As {@link #find}, and nobody else changes it or its trials until the end of the transaction. */
    static Optional<StartedSweep> hold(Tx tx, SweepId id) {
        tx.update("update sweep set steps = steps + 1 where id = ?", id);
        return find(tx, id);
    }

    static List<StartedSweep> newest(Tx tx, Optional<ProjectName> project, int limit) {
        String name = project.map(ProjectName::value).orElse("");
        return tx.list(SweepStore::sweep, """
            select * from sweep where (? = '' or project = ?) order by started_at desc, id desc limit ?
            """, name, name, limit);
    }

    static List<StartedSweep> running(Tx tx) {
        return tx.list(SweepStore::sweep, "select * from sweep where state = ? order by id", State.RUNNING);
    }

    /** The newest one of the very same search that has not ended. */
    static Optional<StartedSweep> open(Tx tx, String name, Digest packageDigest, Digest definition) {
        return tx.first(SweepStore::sweep, """
            select * from sweep where name = ? and package_digest = ? and definition = ? and state <> ?
            order by started_at desc, id desc limit 1
            """, name, packageDigest, definition, State.ENDED);
    }

    static void state(Tx tx, SweepId id, State state, Optional<Instant> endedAt) {
        tx.update("update sweep set state = ?, ended_at = ? where id = ?", state, endedAt, id);
    }

    /** Adds the trial, or gives it another run if it is there. */
    static void begin(Tx tx, Trial trial) {
        tx.update(
                """
                insert into trial (sweep, number, round, parameters, run, state, because, started_at)
                values (?, ?, ?, ?, ?, ?, '', ?)
                on conflict (sweep, round, number) do update set run = excluded.run, state = excluded.state
                """,
                trial.sweep(),
                trial.number(),
                trial.round(),
                Tx.json(trial.parameters()),
                trial.run(),
                trial.state(),
                trial.startedAt());
    }

    static void end(Tx tx, RunId run, Optional<Double> value, String because, Instant now) {
        tx.update(
                "update trial set state = ?, value = ?, because = ?, ended_at = ? where run = ?",
                Trial.State.ENDED,
                value,
                because,
                now,
                run);
    }

    static void state(Tx tx, RunId run, Trial.State state) {
        tx.update("update trial set state = ? where run = ?", state, run);
    }

    static Optional<Trial> trialOf(Tx tx, RunId run) {
        return tx.first(SweepStore::trial, "select * from trial where run = ?", run);
    }

    /** By round and number. */
    static List<Trial> trials(Tx tx, SweepId sweep) {
        return tx.list(SweepStore::trial, "select * from trial where sweep = ? order by round, number", sweep);
    }

    private static StartedSweep sweep(Row row) {
        return new StartedSweep(
                row.id("id", SweepId::new),
                row.text("name"),
                row.id("project", ProjectName::new),
                row.text("folder"),
                new SourceState(
                        row.optionalText("commit_id").map(CommitId::new),
                        row.optionalText("changes").map(Digest::new)),
                row.id("package_digest", Digest::new),
                row.id("definition", Digest::new),
                row.instant("as_of"),
                row.integer("trials"),
                row.value("state", State.class),
                row.instant("started_at"),
                row.optionalInstant("ended_at"));
    }

    private static Trial trial(Row row) {
        return new Trial(
                row.id("sweep", SweepId::new),
                row.integer("number"),
                row.integer("round"),
                new TreeMap<>(Json.map(row.text("parameters"))),
                row.id("run", RunId::new),
                row.value("state", Trial.State.class),
                row.optionalReal("value"),
                row.text("because"),
                row.instant("started_at"),
                row.optionalInstant("ended_at"));
    }

    /** A sweep can be shown as long as its definition is there, and go on as long as its code and its runs are. */
    static void needs(Tx tx, Needed needed) {
        needed.texts(tx, "select definition as named from sweep", "a sweep");
        needed.texts(
                tx,
                "select package_digest || ' ' || coalesce(changes, '') as named from sweep where state <> 'ENDED'",
                "a sweep that may go on");
        needed.runs(
                tx,
                "select run from trial where sweep in (select id from sweep where state <> 'ENDED')",
                "a sweep that may go on");
    }
}
