package dev.pawl.monitoring;

import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Windows of live predictions. */
final class WindowStore {

    /** The event time to which the version's windows are aligned, if it has answered anything. */
    Optional<Instant> origin(Tx tx, ModelVersion version) {
        return tx.first(
                        row -> row.optionalInstant("origin"),
                        "select origin from traffic where model = ? and version = ?",
                        version.model(),
                        version.number())
                .flatMap(origin -> origin);
    }

    /** The first prediction's event time from a moment on. */
    Optional<Instant> firstFrom(Tx tx, ModelVersion version, Instant from) {
        return tx.first(row -> row.instant("event_time"), """
            select event_time from prediction where model = ? and version = ? and event_time >= ?
            order by event_time limit 1
            """, version.model(), version.number(), from);
    }

    /** The errors in [from, to): each prediction is read once in its life for this. */
    Sums sums(Tx tx, ModelVersion version, Instant from, Instant to) {
        return tx.first(WindowStore::sums, """
            select count(*) as predictions, count(l.value) as labels,
              coalesce(sum(case when abs(l.value) > ? then 1 else 0 end), 0) as ratios,
              coalesce(sum(case when abs(l.value) > ? then abs(p.value - l.value) / abs(l.value) end), 0) as ratio,
              coalesce(sum(abs(p.value - l.value)), 0) as absolute,
              coalesce(sum((p.value - l.value) * (p.value - l.value)), 0) as squared
            from prediction p left join label l on l.prediction = p.id
            where p.model = ? and p.version = ? and p.event_time >= ? and p.event_time < ?
            """, Sums.ZERO, Sums.ZERO, version.model(), version.number(), from, to)
                .orElseThrow();
    }

    void insert(Tx tx, LiveWindow it) {
        tx.update("""
            update traffic set fixed = 1 where model = ? and version = ?
            """, it.version().model(), it.version().number());
        tx.update(
                """
                insert into live_window (model, version, opens, closes, closed_at, state, metric, value, error_limit,
                  predictions, labels)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                it.version().model(),
                it.version().number(),
                it.from(),
                it.to(),
                it.closedAt(),
                it.state(),
                it.metric(),
                it.value(),
                it.limit(),
                it.predictions(),
                it.labels());
    }

    List<LiveWindow> newest(Tx tx, ModelName model, int limit) {
        return tx.list(
                WindowStore::window,
                "select * from live_window where model = ? order by closes desc, version desc limit ?",
                model,
                limit);
    }

    private static Sums sums(Row row) {
        return new Sums(
                row.number("predictions"),
                row.number("labels"),
                row.number("ratios"),
                row.real("ratio"),
                row.real("absolute"),
                row.real("squared"));
    }

    private static LiveWindow window(Row row) {
        return new LiveWindow(
                new ModelVersion(row.id("model", ModelName::new), row.integer("version")),
                row.instant("opens"),
                row.instant("closes"),
                row.instant("closed_at"),
                row.value("state", LiveWindow.State.class),
                row.text("metric"),
                row.optionalReal("value"),
                row.optionalReal("error_limit"),
                row.number("predictions"),
                row.number("labels"));
    }
}
