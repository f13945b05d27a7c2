package dev.pawl.monitoring;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PredictionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what becomes of predictions, given those recorded already: an id stands for one prediction for ever. */
final class Admission {
    private final Map<PredictionId, LoggedPrediction> known;
    private final List<LoggedPrediction> fresh = new ArrayList<>();

    Admission(Map<PredictionId, LoggedPrediction> known) {
        this.known = new HashMap<>(known);
    }

    /** What a call is told. */
    sealed interface Answer {}

    /** @param predictions as they are recorded, now or at an earlier call */
    record Recorded(List<LoggedPrediction> predictions) implements Answer {}

    record Refused(PawlException because) implements Answer {}

    /** All predictions of a call, or none. */
    Answer admit(List<LoggedPrediction> call) {
        Map<PredictionId, LoggedPrediction> added = new HashMap<>();
        for (LoggedPrediction prediction : call) {
            LoggedPrediction first =
                    known.getOrDefault(prediction.id(), added.getOrDefault(prediction.id(), prediction));
            Optional<PawlException> conflict = conflict(first, prediction);
            if (conflict.isPresent()) {
                return new Refused(conflict.get());
            }
            added.put(prediction.id(), first);
        }
        added.values().stream().filter(it -> !known.containsKey(it.id())).forEach(fresh::add);
        known.putAll(added);
        return new Recorded(
                call.stream().map(it -> known.getOrDefault(it.id(), it)).toList());
    }

    /** What has to be written. */
    List<LoggedPrediction> fresh() {
        return List.copyOf(fresh);
    }

    static void requireLoggable(List<LoggedPrediction> predictions) {
        if (predictions.size() > PredictionLog.MOST_OF_A_CALL) {
            throw PawlException.limit(
                    "too-many-predictions",
                    "A call may log %d predictions, this one has %d; split it"
                            .formatted(PredictionLog.MOST_OF_A_CALL, predictions.size()));
        }
        for (LoggedPrediction prediction : predictions) {
            if (!(Math.abs(prediction.value()) <= Sums.LARGEST)) {
                throw PawlException.user(
                        "bad-prediction",
                        "Model %s answered %s to prediction '%s', which is not a number that can be monitored"
                                .formatted(prediction.version(), prediction.value(), prediction.id()));
            }
        }
    }

    private static Optional<PawlException> conflict(LoggedPrediction first, LoggedPrediction again) {
        if (!first.version().model().equals(again.version().model())) {
            return Optional.of(PawlException.conflict(
                    "prediction-id-taken",
                    "Prediction id '%s' belongs to a prediction of model '%s'; use another id for model '%s'"
                            .formatted(
                                    first.id(),
                                    first.version().model(),
                                    again.version().model())));
        }
        return first.inputs().equals(again.inputs())
                ? Optional.empty()
                : Optional.of(PawlException.conflict(
                        "prediction-id-taken",
                        "Prediction id '%s' was used before with other inputs; use a new id for a new question"
                                .formatted(first.id())));
    }
}
