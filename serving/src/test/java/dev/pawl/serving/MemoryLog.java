package dev.pawl.serving;

import dev.pawl.kernel.PawlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps predictions as the contract of the log says, in memory. */
final class MemoryLog implements PredictionLog {
    private final Map<String, Prediction> byId = new LinkedHashMap<>();

    @Override
    public synchronized List<Logged> record(List<Prediction> predictions) {
        predictions.forEach(MemoryLog.this::requireSameInputs);
        return predictions.stream()
                .map(prediction -> {
                    Prediction before = byId.putIfAbsent(prediction.id().value(), prediction);
                    return Logged.of(before == null ? prediction : before);
                })
                .toList();
    }

    synchronized List<Prediction> predictions() {
        return new ArrayList<>(byId.values());
    }

    private void requireSameInputs(Prediction prediction) {
        Prediction before = byId.get(prediction.id().value());
        if (before != null && !before.inputs().equals(prediction.inputs())) {
            throw PawlException.conflict(
                    "id-taken", "Prediction '" + prediction.id() + "' was made before, with other inputs");
        }
    }
}
