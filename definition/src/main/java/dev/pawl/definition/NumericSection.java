package dev.pawl.definition;

import dev.pawl.definition.CiPlan.NumericCheck;
import dev.pawl.definition.Definition.Step;
import java.time.Duration;

/**
 * {@code ci.checks.numeric}: that steps bear hostile data.
 *
 * @param written as it stands in pawl.yaml
 */
record NumericSection(NumericCheck plan, YamlMap written) {
    private static final String STEPS = "steps";

    static NumericSection read(YamlMap check, Duration within) {
        var plan = new NumericCheck(
                check.list(STEPS, YamlFormat.STEP),
                check.optional("seed", YamlFormat.whole(0, Integer.MAX_VALUE), 1),
                check.optional("within", YamlFormat.POSITIVE_DURATION, within));
        if (plan.steps().isEmpty()) {
            check.problems()
                    .addUnlessTold(
                            check.placeOf(STEPS),
                            "must name the steps that are fed with hostile data, such as [features, train]");
        }
        return new NumericSection(plan, check);
    }

    void check(LinkedSteps steps, Problems problems) {
        plan.steps()
                .forEach(name -> steps.find(name, written.placeOf(STEPS), problems)
                        .ifPresent(found -> check(found.step(), steps, problems)));
    }

    private void check(Step step, LinkedSteps steps, Problems problems) {
        if (!problems.toldOfSteps() && step.inputs().values().stream().noneMatch(steps::isData)) {
            problems.addUnlessTold(
                    written.placeOf(STEPS),
                    "step '" + step.name() + "' reads nothing that could be made hostile: no table, and no JSON");
        }
    }
}
