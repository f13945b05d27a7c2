package dev.pawl.monitoring;

import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of versions. */
final class WatchStore {

    void addDecayRun(Tx tx, RunId run) {
        tx.update("insert into decay_run (run) values (?) on conflict (run) do nothing", run);
    }

    boolean isDecayRun(Tx tx, RunId run) {
        return tx.number("select count(*) from decay_run where run = ?", run) > 0;
    }

    void register(Tx tx, Fact.ModelRegistered fact, boolean ofDecay) {
        insert(tx, fact.version(), fact.project(), fact.environment(), ofDecay, fact.asOf());
    }

    /** Makes the version the champion; all that is counted since then starts anew. */
    void crown(Tx tx, Fact.ModelDeployed fact, Optional<MonitorPlan> plan) {
        ModelVersion version = fact.version();
        insert(tx, version, fact.project(), fact.environment(), false, fact.asOf());
        tx.update("""
            update watch set state = 'RETIRED' where model = ? and state = 'CHAMPION' and version <> ?
            """, version.model(), version.number());
        tx.update("""
            update watch set state = 'CHAMPION', plan = ?, open = ?, rejected = 0, judged = 0, asked = 0
            where model = ? and version = ?
            """, plan.map(Tx::json), plan.isPresent(), version.model(), version.number());
    }

    void reject(Tx tx, ModelVersion version) {
        tx.update(
                "update watch set state = 'REJECTED' where model = ? and version = ?",
                version.model(),
                version.number());
        tx.update("update watch set rejected = rejected + 1 where model = ? and state = 'CHAMPION'", version.model());
    }

    Optional<Watch> find(Tx tx, ModelVersion version) {
        return tx.first(
                WatchStore::watch,
                "select * from watch where model = ? and version = ?",
                version.model(),
                version.number());
    }

    Optional<Watch> champion(Tx tx, ModelName model) {
        return tx.first(WatchStore::watch, "select * from watch where model = ? and state = 'CHAMPION'", model);
    }

    /** Versions that may have windows to close, oldest first. */
    List<Watch> open(Tx tx, ModelName model) {
        return tx.list(WatchStore::watch, "select * from watch where model = ? and open = 1 order by version", model);
    }

    void limited(Tx tx, ModelVersion version, ErrorLimit limit) {
        tx.update(
                "update watch set error_limit = ?, trouble = null where model = ? and version = ?",
                Tx.json(limit),
                version.model(),
                version.number());
    }

    void troubled(Tx tx, ModelVersion version, String trouble) {
        tx.update(
                "update watch set trouble = ? where model = ? and version = ?",
                trouble,
                version.model(),
                version.number());
    }

    void closedUpTo(Tx tx, ModelVersion version, Instant nextFrom, boolean judged) {
        tx.update(
                "update watch set next_from = ?, judged = judged + ? where model = ? and version = ?",
                nextFrom,
                judged ? 1 : 0,
                version.model(),
                version.number());
    }

    void asked(Tx tx, ModelVersion version) {
        tx.update("update watch set asked = 1 where model = ? and version = ?", version.model(), version.number());
    }

    /** Nothing more to close: it answers no predictions any more. */
    void closed(Tx tx, ModelVersion version) {
        tx.update("update watch set open = 0 where model = ? and version = ?", version.model(), version.number());
    }

    /** Moves the model's watermark, never back, and holds it until the end of the transaction. */
    void advance(Tx tx, ModelName model, Instant to) {
        tx.update("""
            insert into watermark (model, at) values (?, ?)
            on conflict (model) do update
            set at = case when excluded.at > watermark.at then excluded.at else watermark.at end
            """, model, to);
    }

    /** Holds the watermark where it is. */
    void hold(Tx tx, ModelName model) {
        tx.update("update watermark set at = at where model = ?", model);
    }

    Optional<Instant> watermark(Tx tx, ModelName model) {
        return tx.first(row -> row.instant("at"), "select at from watermark where model = ?", model);
    }

    private static void insert(
            Tx tx,
            ModelVersion version,
            ProjectName project,
            EnvironmentName environment,
            boolean ofDecay,
            Instant asOf) {
        tx.update("""
            insert into watch (model, version, project, environment, of_decay, state, as_of, open, rejected, judged, asked)
            values (?, ?, ?, ?, ?, 'REGISTERED', ?, 0, 0, 0, 0)
            on conflict (model, version) do nothing
            """, version.model(), version.number(), project, environment, ofDecay, asOf);
    }

    private static Watch watch(Row row) {
        return new Watch(
                new ModelVersion(row.id("model", ModelName::new), row.integer("version")),
                row.id("project", ProjectName::new),
                row.id("environment", EnvironmentName::new),
                row.flag("of_decay"),
                row.value("state", Watch.State.class),
                row.instant("as_of"),
                row.optionalText("plan").map(text -> Json.read(text, MonitorPlan.class)),
                row.optionalText("error_limit").map(text -> Json.read(text, ErrorLimit.class)),
                row.optionalText("trouble"),
                row.optionalInstant("next_from"),
                row.integer("rejected"),
                row.integer("judged"),
                row.flag("asked"));
    }
}
