package dev.pawl.monitoring;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PredictionId;
import dev.pawl.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes in labels: all of a request or none, and each label once. */
final class Labels {
    /** The most labels of one request. */
    static final int MOST_OF_A_REQUEST = 10_000;

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    private static final int MOST_NAMED = 5;

    private final Clock clock;
    private final PredictionStore predictions;
    private final WatchStore watches;
    private final Windows windows;

    Labels(Clock clock, PredictionStore predictions, WatchStore watches, Windows windows) {
        this.clock = clock;
        this.predictions = predictions;
        this.watches = watches;
        this.windows = windows;
    }

    void requireUsable(List<Label> labels) {
        if (labels.size() > MOST_OF_A_REQUEST) {
            throw PawlException.limit(
                    "too-many-labels",
                    "A request may have %d labels, this one has %d; split it"
                            .formatted(MOST_OF_A_REQUEST, labels.size()));
        }
        Instant latest = clock.now().plus(CLOCKS_DIFFER);
        for (Label label : labels) {
            if (!(Math.abs(label.value()) <= Sums.LARGEST)) {
                throw bad("the label of prediction '" + label.prediction() + "' is " + label.value()
                        + ", which is not a number that errors can be computed from");
            }
            if (label.knownAt().isAfter(latest)) {
                throw bad("the label of prediction '" + label.prediction() + "' is said to be known at "
                        + label.knownAt() + ", which is in the future");
            }
        }
    }

    /** Stores the labels, moves the watermark and closes the windows that are due, in one transaction. */
    void add(Tx tx, ModelName model, List<Label> labels) {
        Map<PredictionId, Label> byId = byId(labels);
        if (byId.isEmpty()) {
            return;
        }
        Instant latest = labels.stream()
                .map(Label::knownAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        watches.advance(tx, model, latest);
        Map<PredictionId, LoggedPrediction> known = predictions.find(tx, byId.keySet());
        requireKnown(model, byId, known);
        List<Label> fresh = fresh(byId, predictions.labels(tx, byId.keySet()));
        predictions.insertLabels(tx, fresh, clock.now());
        PredictionStore.byVersion(fresh, label -> version(known, label.prediction()))
                .forEach((version, some) -> predictions.countLabels(tx, version, some.size()));
        windows.closeDue(tx, model);
    }

    private static Map<PredictionId, Label> byId(List<Label> labels) {
        Map<PredictionId, Label> byId = new LinkedHashMap<>();
        for (Label label : labels) {
            Label first = byId.putIfAbsent(label.prediction(), label);
            if (first != null && first.value() != label.value()) {
                throw differs(label, first.value());
            }
        }
        return byId;
    }

    private static void requireKnown(
            ModelName model, Map<PredictionId, Label> labels, Map<PredictionId, LoggedPrediction> known) {
        List<PredictionId> unknown = labels.keySet().stream()
                .filter(id ->
                        !known.containsKey(id) || !version(known, id).model().equals(model))
                .toList();
        if (!unknown.isEmpty()) {
            String rest = unknown.size() > MOST_NAMED ? " and " + (unknown.size() - MOST_NAMED) + " more" : "";
            throw PawlException.user(
                    "unknown-predictions",
                    "Model '%s' has no predictions %s%s: nothing was stored. A label comes after its prediction, with the same id."
                            .formatted(model, unknown.stream().limit(MOST_NAMED).toList(), rest));
        }
    }

    private static List<Label> fresh(Map<PredictionId, Label> labels, Map<PredictionId, Double> stored) {
        labels.values().forEach(label -> {
            double before = stored.getOrDefault(label.prediction(), label.value());
            if (before != label.value()) {
                throw differs(label, before);
            }
        });
        return labels.values().stream()
                .filter(label -> !stored.containsKey(label.prediction()))
                .toList();
    }

    private static ModelVersion version(Map<PredictionId, LoggedPrediction> known, PredictionId id) {
        LoggedPrediction prediction = known.get(id);
        if (prediction == null) {
            throw new IllegalStateException("no prediction " + id);
        }
        return prediction.version();
    }

    private static PawlException differs(Label label, double before) {
        return PawlException.conflict(
                "label-differs",
                "Prediction '%s' has the label %s already, which cannot become %s: nothing was stored"
                        .formatted(label.prediction(), before, label.value()));
    }

    private static PawlException bad(String what) {
        return PawlException.user("bad-label", "Nothing was stored: " + what);
    }
}
