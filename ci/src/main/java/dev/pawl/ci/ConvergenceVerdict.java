package dev.pawl.ci;

import dev.pawl.definition.CiPlan.ConvergenceCheck;
import dev.pawl.definition.CiPlan.Overfit;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.RunId;
import dev.pawl.sdk.LossCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the curves of the loss prove. */
record ConvergenceVerdict(ConvergenceCheck check, List<Curve> curves) {
    /** @param losses round after round; none if the run did not end well */
    record Curve(CheckRun run, List<Double> losses) {
        String name() {
            return run.label().isEmpty() ? "training" : run.label();
        }

        boolean isByHeart() {
            return run.label().equals(ConvergencePlan.OVERFIT);
        }
    }

    /** What is kept of a curve. */
    record Evidence(
            String name,
            RunId run,
            int rounds,
            Optional<Double> first,
            Optional<Double> last,
            double p,
            Optional<String> wrong) {}

    /** @param plot the curves, drawn */
    Finding finding(Digest plot) {
        List<Evidence> all = curves.stream().map(this::evidence).toList();
        List<String> wrong = all.stream()
                .flatMap(it -> it.wrong().stream().map(text -> it.name() + ": " + text))
                .toList();
        Map<String, Object> evidence = new TreeMap<>(Map.of(
                "test",
                "Mann-Kendall, one-sided",
                "alpha",
                LossCurve.ALPHA,
                "metric",
                check.metric(),
                "curves",
                all,
                "plot",
                plot));
        check.overfit().ifPresent(overfit -> evidence.put("overfit", overfit));
        return wrong.isEmpty()
                ? Finding.passed(summary(all)).with(evidence)
                : Finding.failed(String.join("\n", wrong)).with(evidence);
    }

    private Evidence evidence(Curve curve) {
        Trend trend = Trend.of(curve.losses());
        return new Evidence(
                curve.name(),
                curve.run().run(),
                curve.losses().size(),
                curve.losses().stream().findFirst(),
                last(curve),
                trend.p(),
                wrong(curve, trend));
    }

    private Optional<String> wrong(Curve curve, Trend trend) {
        String loss = "'" + check.metric() + "' of step '" + check.step() + "'";
        if (curve.run().outcome().orElse(Outcome.FAILED) != Outcome.SUCCEEDED) {
            return Optional.of(curve.run().because());
        } else if (curve.losses().size() < LossCurve.FEWEST) {
            return Optional.of("%s has %d values; log one for each round, %d at least, with the round as its step"
                    .formatted(loss, curve.losses().size(), LossCurve.FEWEST));
        } else if (curve.isByHeart()) {
            Overfit overfit = check.overfit().orElseThrow();
            return last(curve)
                    .filter(last -> last >= overfit.below())
                    .map(last ->
                            "%s is %s after %d rounds on %d rows, not below %s: it cannot even learn those by heart"
                                    .formatted(
                                            loss,
                                            number(last),
                                            curve.losses().size(),
                                            overfit.rows(),
                                            number(overfit.below())));
        }
        return trend.falls()
                ? Optional.empty()
                : Optional.of("%s does not fall: from %s to %s in %d rounds (Mann-Kendall, p = %s, must be below %s%s)"
                        .formatted(
                                loss,
                                number(curve.losses().getFirst()),
                                number(curve.losses().getLast()),
                                curve.losses().size(),
                                number(trend.p()),
                                number(LossCurve.ALPHA),
                                trend.endsBelow() ? "" : "; it ends where it began, or above"));
    }

    private String summary(List<Evidence> all) {
        List<String> parts = new ArrayList<>();
        all.forEach(it -> parts.add("%s from %s to %s"
                .formatted(
                        it.name(),
                        number(it.first().orElseThrow()),
                        number(it.last().orElseThrow()))));
        return "'" + check.metric() + "' went down: " + String.join(", ", parts);
    }

    private static Optional<Double> last(Curve curve) {
        return curve.losses().stream().reduce((_, later) -> later);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
