package dev.pawl.app;

import dev.pawl.monitoring.LoggedPrediction;
import dev.pawl.monitoring.Monitoring;
import dev.pawl.serving.Prediction;
import dev.pawl.serving.PredictionLog;
import java.util.List;

/** Serving's predictions, kept by monitoring. */
record LoggedByMonitoring(Monitoring monitoring) implements PredictionLog {
    @Override
    public List<Logged> record(List<Prediction> predictions) {
        List<LoggedPrediction> call = predictions.stream()
                .map(p -> new LoggedPrediction(p.id(), p.version(), p.eventTime(), p.inputs(), p.outputs(), p.value()))
                .toList();
        return monitoring.record(call).stream()
                .map(kept -> new Logged(kept.version(), kept.outputs()))
                .toList();
    }
}
