package dev.pawl.monitoring;

import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * How a model does, in short.
 *
 * @param champion the version that is watched
 * @param metric what it is watched by, if its pawl.yaml says so
 * @param reference the metric on its held-out rows, once computed
 * @param limit above which it counts as decayed, once computed
 * @param test how that is decided, or why it cannot be
 * @param watermark how far the labels have come in event time
 * @param predictions logged, of all versions
 * @param labels posted, of all versions
 * @param rejected challengers turned down since the champion was deployed
 */
public record MonitoringSummary(
        ModelName model,
        Optional<ModelVersion> champion,
        Optional<String> metric,
        Optional<Double> reference,
        Optional<Double> limit,
        Optional<String> test,
        Optional<Instant> watermark,
        long predictions,
        long labels,
        int rejected) {}
