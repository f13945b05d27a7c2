package dev.pawl.ci;

import dev.pawl.sdk.LossCurve;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What the test of a {@link LossCurve} says.
 *
 * @param p the probability that values without a trend, each independent of the others, look like falling so much
 * @param endsBelow whether the curve ends below where it began
 */
record Trend(double p, boolean endsBelow, boolean falls) {
    static Trend of(List<Double> losses) {
        LossCurve curve = LossCurve.of(losses);
        OptionalDouble z = curve.z();
        double p = z.isEmpty() ? 1 : NormalDistribution.of(0, 1).cumulativeProbability(z.getAsDouble());
        return new Trend(p, curve.endsBelow(), curve.falls());
    }
}
