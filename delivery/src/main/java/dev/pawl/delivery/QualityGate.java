package dev.pawl.delivery;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.HeldOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Is the version good enough, and better than the champion? Better means: for each metric that pawl.yaml names, by
 * {@link PairedTest} at its alpha. All of them must agree, so that alpha holds for the whole.
 */
record QualityGate() implements Gate {
    private static final String TEST =
            "one-sided paired t test on the means of blocks of %d consecutive rows, alpha %s for all metrics together"
                    .formatted(PairedTest.BLOCK, PairedTest.ALPHA);

    record Evidence(
            int rows,
            int withoutLabel,
            SortedMap<String, Double> challenger,
            SortedMap<String, Double> max,
            Optional<Comparison> comparison) {}

    record Comparison(
            ModelVersion with,
            SortedMap<String, Double> champion,
            String test,
            double alpha,
            int block,
            SortedMap<String, PairedTest> tests) {}

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public Finding examine(Examination examination) throws InterruptedException {
        HeldOut heldOut = examination.heldOut();
        if (heldOut.rows().isEmpty()) {
            throw PawlException.user("no-rows", "the held-out table has no rows with a label");
        }
        ModelPlan.QualityGate limits = examination.plan().quality();
        SortedMap<String, double[]> losses = losses(examination, examination.instance());
        Optional<Comparison> comparison = compare(examination, losses);
        SortedMap<String, Double> values = values(losses);
        List<String> problems = new ArrayList<>(notFinite(values));
        problems.addAll(aboveLimits(values, limits.max()));
        comparison.ifPresent(compared -> problems.addAll(notBetter(compared, values)));
        return Finding.of(
                problems,
                summary(examination, values, comparison),
                new Evidence(heldOut.rows().size(), heldOut.withoutLabel(), values, limits.max(), comparison));
    }

    private static Optional<Comparison> compare(Examination examination, SortedMap<String, double[]> challenger)
            throws InterruptedException {
        if (examination.champion().isEmpty() || !examination.plan().quality().betterThanChampion()) {
            return Optional.empty();
        }
        Champion champion = examination.champion().orElseThrow();
        try (Instance instance = examination.startChampion(champion)) {
            SortedMap<String, double[]> losses = losses(examination, instance);
            SortedMap<String, PairedTest> tests = new TreeMap<>();
            losses.forEach((name, loss) -> tests.put(name, PairedTest.of(loss, of(challenger, name))));
            return Optional.of(new Comparison(
                    champion.version(), values(losses), TEST, PairedTest.ALPHA, PairedTest.BLOCK, tests));
        }
    }

    private static SortedMap<String, double[]> losses(Examination examination, Instance instance)
            throws InterruptedException {
        double[] labels = examination.heldOut().labels();
        double[] answers = examination.answers(instance, labels.length);
        SortedMap<String, double[]> losses = new TreeMap<>();
        metrics(examination).forEach(metric -> losses.put(metric.label(), metric.losses(labels, answers)));
        return losses;
    }

    private static List<Metric> metrics(Examination examination) {
        SortedMap<String, Double> max = examination.plan().quality().max();
        return max.isEmpty()
                ? List.of(Metric.MAE)
                : max.keySet().stream().map(Metric::named).toList();
    }

    private static SortedMap<String, Double> values(SortedMap<String, double[]> losses) {
        SortedMap<String, Double> values = new TreeMap<>();
        losses.forEach((name, loss) -> values.put(name, Metric.named(name).of(loss)));
        return values;
    }

    /** With or without a limit: nothing can be said of such a model, and nothing could be said of it in production. */
    private static List<String> notFinite(SortedMap<String, Double> values) {
        return values.entrySet().stream()
                .filter(value -> !Double.isFinite(value.getValue()))
                .map(value -> "%s is %s, which is not a finite number".formatted(value.getKey(), value.getValue()))
                .toList();
    }

    /** Written so that NaN is not below any limit. */
    private static List<String> aboveLimits(SortedMap<String, Double> values, SortedMap<String, Double> max) {
        return max.entrySet().stream()
                .filter(limit -> !(of(values, limit.getKey()) <= limit.getValue()))
                .map(limit -> "%s is %s, at most %s is allowed"
                        .formatted(
                                limit.getKey(),
                                Finding.figure(of(values, limit.getKey())),
                                Finding.figure(limit.getValue())))
                .toList();
    }

    private static List<String> notBetter(Comparison comparison, SortedMap<String, Double> values) {
        return comparison.tests().entrySet().stream()
                .filter(test -> !test.getValue().challengerIsBetter())
                .map(test -> "not better than " + versus(comparison, values, test.getKey(), test.getValue()))
                .toList();
    }

    private static String summary(
            Examination examination, SortedMap<String, Double> values, Optional<Comparison> comparison) {
        String compared = comparison
                .map(c -> "better than "
                        + c.tests().entrySet().stream()
                                .map(test -> versus(c, values, test.getKey(), test.getValue()))
                                .reduce((one, other) -> one + " and " + other)
                                .orElseThrow())
                .orElse(
                        examination.champion().isEmpty()
                                ? "no champion yet"
                                : "not compared: pawl.yaml does not ask for it");
        return "%s on %d held-out rows; %s"
                .formatted(list(values), examination.heldOut().rows().size(), compared);
    }

    private static String versus(
            Comparison comparison, SortedMap<String, Double> values, String metric, PairedTest test) {
        return "%s: %s %s against %s, p = %s over %d blocks"
                .formatted(
                        comparison.with(),
                        metric,
                        Finding.figure(of(values, metric)),
                        Finding.figure(of(comparison.champion(), metric)),
                        Finding.figure(test.p()),
                        test.blocks());
    }

    private static String list(SortedMap<String, Double> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " " + Finding.figure(value.getValue()))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private static <T> T of(Map<String, T> values, String name) {
        T value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no value for metric " + name);
        }
        return value;
    }
}
