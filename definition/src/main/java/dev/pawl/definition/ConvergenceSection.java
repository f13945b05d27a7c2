package dev.pawl.definition;

import dev.pawl.definition.CiPlan.ConvergenceCheck;
import dev.pawl.definition.CiPlan.Overfit;
import dev.pawl.definition.CiPlan.Seeds;
import dev.pawl.definition.Definition.Step;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code ci.checks.convergence}: that training learns.
 *
 * @param written as it stands in pawl.yaml
 */
record ConvergenceSection(ConvergenceCheck plan, YamlMap written) {
    private static final int MOST_SEEDS = 20;

    static ConvergenceSection read(YamlMap check, Duration within) {
        var plan = new ConvergenceCheck(
                check.required("step", YamlFormat.STEP),
                check.optional("metric", YamlFormat.TEXT, "loss"),
                check.required("sample", YamlFormat.whole(1, Integer.MAX_VALUE)),
                parameters(check),
                check.map("seeds").map(ConvergenceSection::seeds),
                check.map("overfit").map(ConvergenceSection::overfit),
                check.optional("within", YamlFormat.POSITIVE_DURATION, within));
        return new ConvergenceSection(plan, check);
    }

    private static SortedMap<String, Object> parameters(YamlMap map) {
        return map.map("parameters")
                .map(given -> new TreeMap<>(given.scalars(YamlFormat.PARAMETER)))
                .orElseGet(TreeMap::new);
    }

    private static Seeds seeds(YamlMap seeds) {
        return new Seeds(
                seeds.required("parameter", YamlFormat.TEXT),
                seeds.optional("count", YamlFormat.whole(1, MOST_SEEDS), 3));
    }

    private static Overfit overfit(YamlMap overfit) {
        return new Overfit(
                overfit.required("rows", YamlFormat.whole(1, Integer.MAX_VALUE)),
                overfit.required("below", YamlFormat.POSITIVE_NUMBER),
                parameters(overfit));
    }

    /** Checks what can be known only with the steps. */
    void check(LinkedSteps steps, Problems problems) {
        steps.find(plan.step(), written.placeOf("step"), problems)
                .ifPresent(found -> check(found.step(), steps, problems));
    }

    private void check(Step step, LinkedSteps steps, Problems problems) {
        if (step.isFannedOut()) {
            problems.addUnlessTold(
                    written.placeOf("step"),
                    "step '" + step.name() + "' runs for each element: name a step whose loss is one curve");
        }
        written.map("seeds")
                .ifPresent(seeds ->
                        known(step, plan.seeds().orElseThrow().parameter(), seeds.placeOf("parameter"), problems));
        known(step, plan.parameters(), written, problems);
        written.map("overfit").ifPresent(overfit -> {
            known(step, plan.overfit().orElseThrow().parameters(), overfit, problems);
            if (step.inputs().values().stream().noneMatch(steps::isTable)) {
                problems.addUnlessTold(
                        written.placeOf("overfit"),
                        "step '" + step.name() + "' reads no table of which the first rows could be taken");
            }
        });
    }

    private static void known(Step step, SortedMap<String, Object> given, YamlMap within, Problems problems) {
        within.map("parameters")
                .ifPresent(map -> given.keySet().forEach(name -> known(step, name, map.placeOf(name), problems)));
    }

    private static void known(Step step, String parameter, YamlPlace place, Problems problems) {
        if (!step.parameters().containsKey(parameter)) {
            problems.addUnlessTold(
                    place,
                    "step '" + step.name() + "' has no parameter '" + parameter + "'"
                            + ProblemHint.of(parameter, step.parameters().keySet()));
        }
    }
}
