package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import dev.pawl.kernel.Fact;
import dev.pawl.pipeline.MetricPoint;
import java.util.List;
import java.util.Optional;

/**
 * What came of a trial's run.
 *
 * @param value of the metric that decides: the last one at the latest step of a training
 * @param because why there is none; else empty text
 */
record TrialResult(Optional<Double> value, String because) {
    static TrialResult of(Sweep sweep, Fact.RunFinished run, List<MetricPoint> metrics) {
        return switch (run.outcome()) {
            case SUCCEEDED -> of(sweep, metrics);
            case FAILED -> new TrialResult(Optional.empty(), run.because());
            case CANCELLED -> new TrialResult(Optional.empty(), "cancelled: " + run.because());
        };
    }

    private static TrialResult of(Sweep sweep, List<MetricPoint> metrics) {
        String name = sweep.step() + "." + sweep.metric();
        Optional<Double> value = Optional.ofNullable(MetricPoint.last(metrics).get(name));
        return new TrialResult(
                value,
                value.isPresent()
                        ? ""
                        : "no metric " + name + " was reported, but "
                                + MetricPoint.last(metrics).keySet());
    }
}
