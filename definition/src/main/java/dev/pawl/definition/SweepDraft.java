package dev.pawl.definition;

import dev.pawl.definition.Sweep.Goal;
import dev.pawl.definition.Sweep.Halving;
import dev.pawl.definition.Sweep.Range;
import dev.pawl.definition.Sweep.Search;
import dev.pawl.kernel.StepName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One of {@code sweeps} as it is written, before the parameters that it names are known.
 *
 * @param trials empty for all that a grid has
 * @param metric {@code STEP.METRIC}
 */
record SweepDraft(
        YamlPlace place,
        Search search,
        Optional<Integer> trials,
        int parallel,
        Placed<String> metric,
        Goal goal,
        int seed,
        SequencedMap<String, SweepRange> parameters,
        Optional<Halving> stop) {
    static final int MOST_TRIALS = 10_000;
    private static final int MOST_PARALLEL = 256;
    private static final int MOST_PARAMETERS = 100;
    private static final int HIGHEST_FACTOR = 10;
    private static final int USUAL_FACTOR = 3;

    private static final YamlFormat<String> METRIC = YamlFormat.text(
            "a step and one of its metrics such as evaluate.mape",
            "stand-in.stand-in",
            YamlFormat.matches(YamlFormat.NAME + "\\.[A-Za-z_][A-Za-z0-9_.-]*"));

    /** @param hasData whether there is something to take a sample of */
    static SequencedMap<String, SweepDraft> read(YamlMap sweeps, boolean hasData) {
        var drafts = new LinkedHashMap<String, SweepDraft>();
        sweeps.maps().forEach((name, sweep) -> {
            sweeps.name(name, YamlFormat.LOWER_NAME);
            drafts.put(name, read(sweeps.keyPlace(name), sweep));
            if (sweep.has("stop") && !hasData) {
                sweep.problems().addUnlessTold(sweep.keyPlace("stop"), "there is no data to take a sample of");
            }
        });
        return drafts;
    }

    private static SweepDraft read(YamlPlace place, YamlMap sweep) {
        Search search = sweep.required("search", YamlFormat.oneOf(Search.class));
        var trials = YamlFormat.whole(1, MOST_TRIALS);
        return new SweepDraft(
                place,
                search,
                search == Search.GRID
                        ? sweep.optional("trials", trials)
                        : Optional.of(sweep.required("trials", trials)),
                sweep.optional("parallel", YamlFormat.whole(1, MOST_PARALLEL), 1),
                new Placed<>(sweep.placeOf("metric"), sweep.required("metric", METRIC)),
                sweep.required("goal", YamlFormat.oneOf(Goal.class)),
                sweep.optional("seed", YamlFormat.whole(0, Integer.MAX_VALUE), 0),
                parameters(sweep),
                sweep.map("stop").map(SweepDraft::stop));
    }

    private static SequencedMap<String, SweepRange> parameters(YamlMap sweep) {
        YamlMap parameters = sweep.requiredMap("parameters");
        var ranges = new LinkedHashMap<String, SweepRange>();
        parameters.maps().forEach((name, range) -> ranges.put(name, SweepRange.read(parameters.keyPlace(name), range)));
        if (sweep.has("parameters") && (ranges.isEmpty() || ranges.size() > MOST_PARAMETERS)) {
            sweep.problems()
                    .addUnlessTold(
                            sweep.placeOf("parameters"), "must have from 1 to " + MOST_PARAMETERS + " parameters");
        }
        return ranges;
    }

    private static Halving stop(YamlMap stop) {
        stop.required("by", YamlFormat.oneOf(List.of("sample")));
        return new Halving(
                stop.required("from", YamlFormat.whole(1, Integer.MAX_VALUE)),
                stop.optional("factor", YamlFormat.whole(2, HIGHEST_FACTOR), USUAL_FACTOR));
    }

    Sweep sweep(LinkedSteps steps, Problems problems) {
        var ranges = new TreeMap<String, Range>();
        parameters.forEach((name, written) -> rule(name, written, steps, problems)
                .ifPresent(rule -> ranges.put(name, range(written, rule, problems))));
        int dot = metric.value().indexOf('.');
        String step = metric.value().substring(0, dot);
        checkMetric(step, steps, problems);
        return new Sweep(
                search,
                search == Search.GRID ? ofGrid(ranges, problems) : trials.orElse(1),
                parallel,
                new StepName(step),
                metric.value().substring(dot + 1),
                goal,
                seed,
                ranges,
                stop);
    }

    private Range range(SweepRange written, ParameterRule rule, Problems problems) {
        var range = written.range(rule, problems);
        if (search == Search.GRID
                && range.size().isEmpty()
                && !problems.told(place.named("search").path())) {
            problems.addUnlessTold(
                    written.place(), "a grid needs values that can be counted: give it a step, or write of: [...]");
        }
        return range;
    }

    private static Optional<ParameterRule> rule(String name, SweepRange written, LinkedSteps steps, Problems problems) {
        int dot = Math.max(0, name.indexOf('.'));
        var rule = steps.find(name.substring(0, dot))
                .map(step -> step.draft().parameterRules().get(name.substring(dot + 1)));
        if (rule.isEmpty() && !steps.mayHave(name)) {
            problems.addUnlessTold(
                    written.place(), "no step takes '" + name + "'" + ProblemHint.of(name, parameters(steps)));
        }
        return rule.filter(_ -> !problems.toldWithin(written.place().path()));
    }

    private static List<String> parameters(LinkedSteps steps) {
        var names = new ArrayList<String>();
        steps.all()
                .forEach(linked -> linked.step()
                        .parameters()
                        .keySet()
                        .forEach(name -> names.add(linked.step().name() + "." + name)));
        return names;
    }

    private void checkMetric(String step, LinkedSteps steps, Problems problems) {
        var found = steps.find(step);
        if (found.isEmpty() && !steps.mayHave(step)) {
            problems.addUnlessTold(
                    metric.place(), "there is no step '" + step + "'" + ProblemHint.of(step, steps.names()));
        } else if (found.isPresent() && found.get().step().isFannedOut()) {
            problems.addUnlessTold(
                    metric.place(), "step '" + step + "' runs for each element: its metrics have no single value");
        }
    }

    private int ofGrid(Map<String, Range> ranges, Problems problems) {
        var all = ranges.values().stream()
                .map(range -> BigInteger.valueOf(range.size().orElse(1)))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        var most = BigInteger.valueOf(trials.orElse(MOST_TRIALS));
        if (all.compareTo(most) > 0 && trials.isEmpty()) {
            problems.addUnlessTold(
                    place, "the grid has %s combinations, more than %d: make it coarser".formatted(all, MOST_TRIALS));
        }
        return all.min(most).intValueExact();
    }
}
