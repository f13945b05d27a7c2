package dev.pawl.trigger;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import dev.pawl.trigger.TriggerState.Requested;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of stage 4. */
final class TriggerStore {

    void deploy(Tx tx, DeployedPipeline it) {
        tx.update("""
            insert into deployed_pipeline (project, environment, package, definition, deployed_at) values (?, ?, ?, ?, ?)
            on conflict (project, environment) do update
            set package = excluded.package, definition = excluded.definition, deployed_at = excluded.deployed_at
            """, it.project(), it.environment(), it.packageDigest(), it.definition(), it.deployedAt());
    }

    List<DeployedPipeline> deployed(Tx tx) {
        return tx.list(TriggerStore::pipeline, "select * from deployed_pipeline order by project, environment");
    }

    Optional<DeployedPipeline> deployed(Tx tx, ProjectName project, EnvironmentName environment) {
        return tx.first(
                TriggerStore::pipeline,
                "select * from deployed_pipeline where project = ? and environment = ?",
                project,
                environment);
    }

    /** Makes the state if there is none, and holds it until the end of the transaction. */
    TriggerState hold(Tx tx, ProjectName project, EnvironmentName environment, Instant now) {
        tx.update("""
            insert into trigger_state (project, environment, decisions, last_chosen, schedule_since) values (?, ?, 0, 0, ?)
            on conflict (project, environment) do update set decisions = trigger_state.decisions + 1
            """, project, environment, now);
        return state(tx, project, environment).orElseThrow();
    }

    Optional<TriggerState> state(Tx tx, ProjectName project, EnvironmentName environment) {
        return tx.first(
                TriggerStore::state,
                "select * from trigger_state where project = ? and environment = ?",
                project,
                environment);
    }

    void started(Tx tx, DeployedPipeline pipeline, RunId run, Decision.Request request) {
        tx.update("""
            update trigger_state
            set open_run = ?, last_run = ?, last_as_of = ?, last_chosen = ? where project = ? and environment = ?
            """, run, run, request.asOf(), request.chosen(), pipeline.project(), pipeline.environment());
        if (request.automatic()) {
            tx.update("""
                update trigger_state set automatic_run = ?, automatic_as_of = ? where project = ? and environment = ?
                """, run, request.asOf(), pipeline.project(), pipeline.environment());
        }
    }

    void told(Tx tx, DeployedPipeline pipeline, Fact.Reason reason) {
        tx.update("""
            update trigger_state set last_trigger = ?, last_reason = ? where project = ? and environment = ?
            """, reason.trigger(), reason.text(), pipeline.project(), pipeline.environment());
    }

    void finished(Tx tx, ProjectName project, EnvironmentName environment, RunId run) {
        tx.update("""
            update trigger_state set open_run = null where project = ? and environment = ? and open_run = ?
            """, project, environment, run);
    }

    /** A run that came to nothing answered nobody: it starts no cool-down. */
    void failed(Tx tx, ProjectName project, EnvironmentName environment, RunId run) {
        tx.update("""
            update trigger_state set automatic_run = null, automatic_as_of = null
            where project = ? and environment = ? and automatic_run = ?
            """, project, environment, run);
    }

    /** Event time never goes back. */
    void eventTime(Tx tx, ProjectName project, EnvironmentName environment, Instant at) {
        tx.update("""
            update trigger_state set event_time = ?
            where project = ? and environment = ? and (event_time is null or event_time < ?)
            """, at, project, environment, at);
    }

    void scheduleSince(Tx tx, DeployedPipeline pipeline, Instant since) {
        tx.update(
                "update trigger_state set schedule_since = ? where project = ? and environment = ?",
                since,
                pipeline.project(),
                pipeline.environment());
    }

    /** Keeps the rows that a run saw, unless another run was asked for meanwhile. */
    void rows(Tx tx, DeployedPipeline pipeline, RunId run, Map<String, Long> rows) {
        tx.update("""
            update trigger_state set rows_run = ?, source_rows = ? where project = ? and environment = ? and last_run = ?
            """, run, Tx.json(rows), pipeline.project(), pipeline.environment(), run);
    }

    long openRuns(Tx tx) {
        return tx.number("select count(*) from trigger_state where open_run is not null");
    }

    private static DeployedPipeline pipeline(Row row) {
        return new DeployedPipeline(
                row.id("project", ProjectName::new),
                row.id("environment", EnvironmentName::new),
                row.id("package", Digest::new),
                row.id("definition", Digest::new),
                row.instant("deployed_at"));
    }

    private static TriggerState state(Row row) {
        return new TriggerState(
                row.optionalInstant("event_time"),
                row.optionalText("open_run").map(RunId::new),
                requested(row, "last"),
                requested(row, "automatic"),
                row.optionalText("last_trigger")
                        .map(trigger -> new Fact.Reason(Fact.Trigger.valueOf(trigger), row.text("last_reason"))),
                row.instant("schedule_since"),
                row.optionalText("rows_run").map(RunId::new),
                row.optionalText("source_rows").map(TriggerStore::rows).orElse(Map.of()));
    }

    private static Optional<Requested> requested(Row row, String which) {
        boolean chosen = which.equals("last") && row.flag("last_chosen");
        return row.optionalText(which + "_run")
                .map(run -> new Requested(new RunId(run), row.instant(which + "_as_of"), chosen));
    }

    private static Map<String, Long> rows(String json) {
        return Json.map(json).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> ((Number) entry.getValue()).longValue()));
    }

    /** What is deployed, and the runs that decisions look back to. */
    void needs(Tx tx, Needed needed) {
        needed.texts(tx, "select package || ' ' || definition as named from deployed_pipeline", "a deployed pipeline");
        needed.runs(
                tx, "select last_run as run from trigger_state where last_run is not null", "the triggers' last run");
    }
}
