package dev.pawl.monitoring;

import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PredictionId;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Predictions, their labels and how many there are. */
final class PredictionStore {
    /** What one statement asks for at a time. */
    private static final int MOST_ASKED = 500;

    private static final String COLUMNS =
            "p.id, p.model, p.version, p.event_time, p.inputs, p.outputs, p.value, p.logged_at";

    /** Holds the version's counts until the end of the transaction, so that nobody else inserts its predictions meanwhile. */
    void hold(Tx tx, ModelVersion version) {
        tx.update("""
            insert into traffic (model, version, predictions, labels, origin, fixed) values (?, ?, 0, 0, null, 0)
            on conflict (model, version) do update set predictions = traffic.predictions
            """, version.model(), version.number());
    }

    Map<PredictionId, LoggedPrediction> find(Tx tx, Collection<PredictionId> ids) {
        Map<PredictionId, LoggedPrediction> found = new HashMap<>();
        for (List<PredictionId> some : portions(ids)) {
            tx.list(
                            PredictionStore::prediction,
                            "select " + COLUMNS + " from prediction p where p.id in (" + marks(some.size()) + ")",
                            some.toArray())
                    .forEach(prediction -> found.put(prediction.id(), prediction));
        }
        return found;
    }

    void insert(Tx tx, List<LoggedPrediction> predictions, Instant loggedAt) {
        tx.batch(
                """
                insert into prediction (id, model, version, event_time, inputs, outputs, value, logged_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                predictions.stream()
                        .map(it -> new Object[] {
                            it.id(),
                            it.version().model(),
                            it.version().number(),
                            it.eventTime(),
                            it.inputs(),
                            it.outputs(),
                            it.value(),
                            loggedAt
                        })
                        .toList());
    }

    /** Counts new predictions; the earliest is what windows are aligned to, as long as none was closed. */
    void count(Tx tx, ModelVersion version, long added, Instant earliest) {
        tx.update("""
            update traffic set predictions = predictions + ?,
              origin = case when origin is null or (fixed = 0 and origin > ?) then ? else origin end
            where model = ? and version = ?
            """, added, earliest, earliest, version.model(), version.number());
    }

    void countLabels(Tx tx, ModelVersion version, long added) {
        tx.update(
                "update traffic set labels = labels + ? where model = ? and version = ?",
                added,
                version.model(),
                version.number());
    }

    Map<PredictionId, Double> labels(Tx tx, Collection<PredictionId> ids) {
        record Known(PredictionId id, double value) {}
        Map<PredictionId, Double> found = new HashMap<>();
        for (List<PredictionId> some : portions(ids)) {
            tx.list(
                            row -> new Known(row.id("prediction", PredictionId::new), row.real("value")),
                            "select prediction, value from label where prediction in (" + marks(some.size()) + ")",
                            some.toArray())
                    .forEach(known -> found.put(known.id(), known.value()));
        }
        return found;
    }

    void insertLabels(Tx tx, List<Label> labels, Instant postedAt) {
        tx.batch(
                "insert into label (prediction, value, known_at, posted_at) values (?, ?, ?, ?)",
                labels.stream()
                        .map(it -> new Object[] {it.prediction(), it.value(), it.knownAt(), postedAt})
                        .toList());
    }

    Optional<LabelledPrediction> labelled(Tx tx, PredictionId id) {
        return tx.first(
                PredictionStore::labelled,
                "select " + COLUMNS + ", l.value as label, l.known_at from prediction p"
                        + " left join label l on l.prediction = p.id where p.id = ?",
                id);
    }

    /** A page of a model's predictions by version, event time and id, from the cursor on. */
    List<LabelledPrediction> page(Tx tx, ModelName model, boolean labelled, Cursor after, int limit) {
        return tx.list(
                PredictionStore::labelled,
                "select " + COLUMNS + ", l.value as label, l.known_at from prediction p "
                        + (labelled ? "" : "left ") + """
                        join label l on l.prediction = p.id
                        where p.model = ? and (p.version, p.event_time, p.id) > (?, ?, ?)
                        order by p.version, p.event_time, p.id limit ?
                        """,
                model,
                after.version(),
                after.eventTime(),
                after.id(),
                limit);
    }

    /** How many predictions and labels a model has, in all. */
    Counts counts(Tx tx, ModelName model) {
        return tx.first(row -> new Counts(row.number("predictions"), row.number("labels")), """
            select cast(coalesce(sum(predictions), 0) as bigint) as predictions,
              cast(coalesce(sum(labels), 0) as bigint) as labels
            from traffic where model = ?
            """, model)
                .orElse(new Counts(0, 0));
    }

    record Counts(long predictions, long labels) {}

    /** In one order everywhere, so that two transactions that hold versions do not wait for each other. */
    static <T> SortedMap<ModelVersion, List<T>> byVersion(Collection<T> some, Function<T, ModelVersion> version) {
        return some.stream()
                .collect(Collectors.groupingBy(
                        version,
                        () -> new TreeMap<>(Comparator.comparing(ModelVersion::toString)),
                        Collectors.toList()));
    }

    private static List<List<PredictionId>> portions(Collection<PredictionId> ids) {
        List<PredictionId> all = List.copyOf(ids);
        List<List<PredictionId>> portions = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_ASKED) {
            portions.add(all.subList(from, Math.min(from + MOST_ASKED, all.size())));
        }
        return portions;
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private static LoggedPrediction prediction(Row row) {
        return new LoggedPrediction(
                row.id("id", PredictionId::new),
                new ModelVersion(row.id("model", ModelName::new), row.integer("version")),
                row.instant("event_time"),
                row.text("inputs"),
                row.text("outputs"),
                row.real("value"));
    }

    private static LabelledPrediction labelled(Row row) {
        return new LabelledPrediction(
                prediction(row), row.instant("logged_at"), row.optionalReal("label"), row.optionalInstant("known_at"));
    }
}
