package dev.pawl.ci;

import dev.pawl.definition.CiPlan.DifferenceCheck;
import dev.pawl.definition.CiPlan.Limit;
import dev.pawl.definition.Definition;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.MetricPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is other than in the newest commit of another branch that passed: metrics, outputs, columns of tables. */
record DifferenceTrial(Trials trials, Definition definition, DifferenceCheck plan, CiRun run) {
    private static final int MOST_NAMED = 5;
    private static final int MOST_BASES = 10;

    Finding examine() {
        Optional<CiRun> base = base();
        if (base.isEmpty()) {
            List<String> missing = unreported();
            return !missing.isEmpty()
                    ? Finding.failed(String.join("\n", missing))
                    : Finding.passed(
                            "nothing to compare with: no other commit of '%s' has passed yet, or its run is gone"
                                    .formatted(plan.against()));
        }
        List<MetricDifference> metrics = metrics(base.get());
        List<OutputChange> outputs = outputs(base.get());
        List<String> wrong = Stream.concat(
                        unreported().stream(), metrics.stream().flatMap(metric -> beyond(metric).stream()))
                .toList();
        Map<String, Object> evidence =
                Map.of("base", base.get().id(), "commit", base.get().commit(), "metrics", metrics, "outputs", outputs);
        String found = summary(base.get(), metrics, outputs);
        return wrong.isEmpty()
                ? Finding.passed(found).with(evidence)
                : Finding.failed(String.join("\n", wrong) + "\n" + found).with(evidence);
    }

    /** The runs of older ones may have been collected. */
    private Optional<CiRun> base() {
        return trials.store().database().read(tx -> new CiStore().passed(tx, run, plan.against(), MOST_BASES)).stream()
                .filter(passed -> trials.runs().find(passed.run().orElseThrow()).isPresent())
                .findFirst();
    }

    /** A limit on what is not there would let everything through. */
    private List<String> unreported() {
        var reported = metricsOf(run, seeds(run)).keySet();
        return plan.limits().keySet().stream()
                .filter(metric -> !reported.contains(metric))
                .map(metric -> "'%s' has a limit, but was not reported; there are %s".formatted(metric, reported))
                .toList();
    }

    /** With seeds on one side only, the integration runs are compared: means and single values are not alike. */
    private List<MetricDifference> metrics(CiRun base) {
        boolean seeded = !seeds(base).isEmpty() && !seeds(run).isEmpty();
        SortedMap<String, List<Double>> before = metricsOf(base, seeded ? seeds(base) : List.of());
        List<MetricDifference> differences = new ArrayList<>();
        metricsOf(run, seeded ? seeds(run) : List.of())
                .forEach((name, after) -> Optional.ofNullable(before.get(name))
                        .ifPresent(values -> differences.add(MetricDifference.of(name, values, after))));
        return List.copyOf(differences);
    }

    private List<RunId> seeds(CiRun of) {
        return trials.store().database().read(tx -> new CheckRunStore().of(tx, of.id())).stream()
                .filter(handedIn -> handedIn.check().equals(CiCheck.DIFFERENCE))
                .map(CheckRun::run)
                .toList();
    }

    /** The last value of each metric: of all runs with seeds, or of the integration run where there are none. */
    private SortedMap<String, List<Double>> metricsOf(CiRun of, List<RunId> seeds) {
        SortedMap<String, List<Double>> metrics = new TreeMap<>();
        for (RunId one : seeds.isEmpty() ? List.of(of.run().orElseThrow()) : seeds) {
            MetricPoint.last(trials.runs().metrics(one))
                    .forEach((name, value) -> metrics.computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(value));
        }
        return metrics;
    }

    private List<OutputChange> outputs(CiRun base) {
        var artifacts = trials.store().artifacts();
        RecordedRun before = RecordedRun.of(
                artifacts, trials.definition(base), trials.runs(), base.run().orElseThrow());
        RecordedRun after =
                RecordedRun.of(artifacts, definition, trials.runs(), run.run().orElseThrow());
        return new OutputChanges(artifacts, before, after).all();
    }

    private Optional<String> beyond(MetricDifference metric) {
        Limit limit = plan.limits().get(metric.name());
        if (limit == null || !metric.moved()) {
            return Optional.empty();
        }
        boolean rose = limit.rise().filter(most -> metric.change() > most).isPresent();
        boolean fell = limit.fall().filter(most -> -metric.change() > most).isPresent();
        return rose || fell
                ? Optional.of("'%s' %s from %s to %s, by more than %s"
                        .formatted(
                                metric.name(),
                                rose ? "rose" : "fell",
                                number(metric.before()),
                                number(metric.after()),
                                number((rose ? limit.rise() : limit.fall()).orElseThrow())))
                : Optional.empty();
    }

    private String summary(CiRun base, List<MetricDifference> metrics, List<OutputChange> outputs) {
        List<String> parts = new ArrayList<>();
        parts.add("beside %s at %s"
                .formatted(plan.against(), base.commit().value().substring(0, 7)));
        List<MetricDifference> moved =
                metrics.stream().filter(MetricDifference::moved).toList();
        moved.stream().limit(MOST_NAMED).forEach(metric -> parts.add(words(metric)));
        parts.add("%d of %d metrics moved".formatted(moved.size(), metrics.size()));
        outputs.stream()
                .filter(OutputChange::changesColumns)
                .limit(MOST_NAMED)
                .forEach(change -> parts.add(change.output() + " " + change.how()));
        parts.add(outputs.isEmpty() ? "the same outputs" : outputs.size() + " outputs changed");
        return String.join("; ", parts);
    }

    private static String words(MetricDifference metric) {
        return "%s from %s to %s%s"
                .formatted(
                        metric.name(),
                        number(metric.before()),
                        number(metric.after()),
                        metric.band()
                                .map(band -> " (chance: %s)".formatted(number(band)))
                                .orElse(""));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
