package dev.pawl.trigger;

import dev.pawl.kernel.BackfillId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tables of backfills. */
final class BackfillStore {
    void insert(Tx tx, Backfill it) {
        tx.update(
                """
                insert into backfill (id, project, environment, package, definition, deployed_at, from_at, to_at, every, parallel,
                  reason, state, revision, created_at, ended_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, null)
                """,
                it.id(),
                it.pipeline().project(),
                it.pipeline().environment(),
                it.pipeline().packageDigest(),
                it.pipeline().definition(),
                it.pipeline().deployedAt(),
                it.plan().from(),
                it.plan().to(),
                it.plan().every().toMillis(),
                it.plan().parallel(),
                it.reason(),
                it.state(),
                it.createdAt());
        List<Instant> moments = it.plan().moments();
        tx.batch(
                "insert into backfill_run (backfill, place, as_of, state, tries) values (?, ?, ?, ?, 0)",
                IntStream.range(0, moments.size())
                        .mapToObj(i -> new Object[] {it.id(), i, moments.get(i), BackfillRun.State.WAITING})
                        .toList());
    }

    /** Holds the backfill until the end of the transaction. */
    Optional<Backfill> hold(Tx tx, BackfillId id) {
        tx.update("update backfill set revision = revision + 1 where id = ?", id);
        return find(tx, id);
    }

    Optional<Backfill> find(Tx tx, BackfillId id) {
        return tx.first(row -> backfill(tx, row), "select * from backfill where id = ?", id);
    }

    /** Newest first. */
    List<Backfill> newest(Tx tx, Optional<ProjectName> project, int limit) {
        String name = project.map(ProjectName::value).orElse("");
        return tx.list(row -> backfill(tx, row), """
            select * from backfill where (? = '' or project = ?) order by created_at desc, id desc limit ?
            """, name, name, limit);
    }

    /** In the order of event time, from a place on. */
    List<BackfillRun> runs(Tx tx, BackfillId id, int from, int limit) {
        return tx.list(
                BackfillStore::run,
                "select * from backfill_run where backfill = ? and place >= ? order by place limit ?",
                id,
                from,
                limit);
    }

    /** The first ones that stand so. */
    List<BackfillRun> runs(Tx tx, BackfillId id, BackfillRun.State state, int limit) {
        return tx.list(
                BackfillStore::run,
                "select * from backfill_run where backfill = ? and state = ? order by place limit ?",
                id,
                state,
                limit);
    }

    /** Which backfill waits for the end of a run. */
    Optional<BackfillId> waitingFor(Tx tx, RunId run) {
        return tx.first(
                row -> row.id("backfill", BackfillId::new),
                "select backfill from backfill_run where run = ? and state = ?",
                run,
                BackfillRun.State.UNDER_WAY);
    }

    void handedIn(Tx tx, BackfillId id, int place, RunId run) {
        tx.update(
                "update backfill_run set state = ?, run = ?, tries = tries + 1, because = null where backfill = ? and"
                        + " place = ?",
                BackfillRun.State.UNDER_WAY,
                run,
                id,
                place);
    }

    void ended(Tx tx, RunId run, Outcome outcome, String because) {
        tx.update(
                "update backfill_run set state = ?, because = ? where run = ?",
                switch (outcome) {
                    case SUCCEEDED -> BackfillRun.State.SUCCEEDED;
                    case FAILED -> BackfillRun.State.FAILED;
                    case CANCELLED -> BackfillRun.State.CANCELLED;
                },
                because,
                run);
    }

    /** What did not succeed waits again. */
    void again(Tx tx, BackfillId id) {
        tx.update(
                "update backfill_run set state = ? where backfill = ? and state in (?, ?)",
                BackfillRun.State.WAITING,
                id,
                BackfillRun.State.FAILED,
                BackfillRun.State.CANCELLED);
    }

    /** What waits will not be run. */
    void giveUp(Tx tx, BackfillId id) {
        tx.update(
                "update backfill_run set state = ? where backfill = ? and state = ?",
                BackfillRun.State.CANCELLED,
                id,
                BackfillRun.State.WAITING);
    }

    void stands(Tx tx, BackfillId id, BackfillState state, Instant now) {
        tx.update(
                "update backfill set state = ?, ended_at = ? where id = ?",
                state,
                state.isOver() ? Optional.of(now) : Optional.empty(),
                id);
    }

    private static Backfill backfill(Tx tx, Row row) {
        BackfillId id = row.id("id", BackfillId::new);
        return new Backfill(
                id,
                new DeployedPipeline(
                        row.id("project", ProjectName::new),
                        row.id("environment", EnvironmentName::new),
                        row.id("package", Digest::new),
                        row.id("definition", Digest::new),
                        row.instant("deployed_at")),
                new BackfillPlan(
                        row.instant("from_at"),
                        row.instant("to_at"),
                        Duration.ofMillis(row.number("every")),
                        row.integer("parallel")),
                row.text("reason"),
                row.value("state", BackfillState.class),
                tally(tx, id),
                row.instant("created_at"),
                row.optionalInstant("ended_at"));
    }

    private static Tally tally(Tx tx, BackfillId id) {
        Map<BackfillRun.State, Integer> counts = new EnumMap<>(BackfillRun.State.class);
        tx.list(
                row -> counts.merge(row.value("state", BackfillRun.State.class), row.integer("runs"), Integer::sum),
                "select state, count(*) as runs from backfill_run where backfill = ? group by state",
                id);
        return new Tally(
                counts.getOrDefault(BackfillRun.State.WAITING, 0),
                counts.getOrDefault(BackfillRun.State.UNDER_WAY, 0),
                counts.getOrDefault(BackfillRun.State.SUCCEEDED, 0),
                counts.getOrDefault(BackfillRun.State.FAILED, 0),
                counts.getOrDefault(BackfillRun.State.CANCELLED, 0));
    }

    private static BackfillRun run(Row row) {
        return new BackfillRun(
                row.integer("place"),
                row.instant("as_of"),
                row.value("state", BackfillRun.State.class),
                row.optionalText("run").map(RunId::new),
                row.integer("tries"),
                row.optionalText("because"));
    }

    /** What one that may still hand in runs needs for that, and the runs that those would take over from. */
    void needs(Tx tx, Needed needed) {
        String why = "a backfill that can go on";
        needed.texts(tx, """
            select package || ' ' || definition as named from backfill where state not in ('SUCCEEDED', 'CANCELLED')
            """, why);
        needed.runs(tx, """
            select r.run from backfill_run r join backfill b on b.id = r.backfill
            where r.run is not null and r.state <> 'SUCCEEDED' and b.state not in ('SUCCEEDED', 'CANCELLED')
            """, why);
    }
}
