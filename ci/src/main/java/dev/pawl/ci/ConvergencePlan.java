package dev.pawl.ci;

import dev.pawl.definition.CiPlan.ConvergenceCheck;
import dev.pawl.definition.CiPlan.Overfit;
import dev.pawl.definition.CiPlan.Seeds;
import dev.pawl.definition.DeclaredParameters;
import dev.pawl.definition.Definition;
import dev.pawl.definition.FirstRows;
import dev.pawl.pipeline.Definitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which runs show whether training learns: one for each seed, and one that is to learn a few rows by heart, with the first seed.
 *
 * @param declared what the pipeline class says of parameters
 */
record ConvergencePlan(Definition whole, DeclaredParameters declared, ConvergenceCheck check, Definitions definitions) {
    static final String OVERFIT = "overfit";

    List<PlannedRun> runs() {
        int seeds = check.seeds().map(Seeds::count).orElse(1);
        Stream<PlannedRun> onSample = IntStream.rangeClosed(1, seeds).mapToObj(this::onSample);
        return Stream.concat(onSample, check.overfit().map(this::byHeart).stream())
                .toList();
    }

    private PlannedRun onSample(int seed) {
        String label = check.seeds().isPresent() ? "seed " + seed : "";
        return planned(label, with(seed, new TreeMap<>()).only(check.step()));
    }

    private PlannedRun byHeart(Overfit overfit) {
        Definition part = with(1, overfit.parameters()).only(check.step());
        return planned(OVERFIT, FirstRows.of(part, check.step(), overfit.rows()));
    }

    private Definition with(int seed, SortedMap<String, Object> parameters) {
        Map<String, Object> given = new TreeMap<>();
        Optional<String> seeded = check.seeds().map(Seeds::parameter);
        Stream.of(check.parameters(), parameters)
                .forEach(values -> values.forEach((name, value) -> given.put(check.step() + "." + name, value)));
        seeded.ifPresent(name -> given.put(check.step() + "." + name, seed));
        return whole.withParameters(given, declared);
    }

    private PlannedRun planned(String label, Definition definition) {
        return new PlannedRun(CiCheck.CONVERGENCE, label, definitions.keep(definition), check.sample(), check.within());
    }
}
