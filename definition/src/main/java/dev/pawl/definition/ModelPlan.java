package dev.pawl.definition;

import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The model that a production run gives, and what it takes to go live.
 *
 * @param from the step (and its only model output) that gives the ONNX file; every run that succeeds has run it, once
 */
public record ModelPlan(ModelName name, StepName from, Holdout holdout, QualityGate quality, Optional<LoadGate> load) {

    /**
     * Rows the model has not seen in training.
     *
     * @param table the step whose table it is
     * @param label the column with the truth
     * @param time the column with the event time
     */
    public record Holdout(StepName table, String label, String time) {}

    /** @param max the highest allowed value by metric (mape, mae, rmse); ratios, not percent */
    public record QualityGate(SortedMap<String, Double> max, boolean betterThanChampion) {}

    /** @param p99 the longest allowed 99th percentile of the answer time at the given rate */
    public record LoadGate(int ratePerSecond, Duration p99, Duration lasting) {}
}
