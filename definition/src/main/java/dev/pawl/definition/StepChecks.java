package dev.pawl.definition;

import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;

/** What can be wrong with steps that refer to each other rightly: lists, steps at the end, conditions. */
record StepChecks(LinkedSteps steps, Problems problems) {

    void check() {
        steps.all().forEach(linked -> {
            linked.draft().inputs().forEach((name, reference) -> {
                if (linked.step().inputs().get(name) instanceof FromStep from) {
                    steps.find(from.step())
                            .ifPresent(giver -> checkInput(linked.step(), reference, from, giver.step()));
                }
            });
            checkOutputsOfElements(linked);
            new WhenCheck(linked, steps, problems).check();
        });
    }

    private void checkInput(Step step, Reference reference, FromStep from, Step giver) {
        if (step.rules().always()) {
            problems.addUnlessTold(
                    reference.place(),
                    "the step always runs, even where '%s' has failed: it can read data, but no step"
                            .formatted(giver.name()));
        } else if (giver.rules().always()) {
            problems.addUnlessTold(
                    reference.place(),
                    "step '%s' runs at the end of the run: nothing comes after it".formatted(giver.name()));
        } else if ((from.each() || reference.list())
                && !giver.givesList(from.output())
                && steps.isRight(from, problems)) {
            problems.addUnlessTold(
                    reference.place(),
                    "'%s' is no list: that is an output declared as one, or any of a step that runs for each element"
                            .formatted(reference.text()));
        }
    }

    private void checkOutputsOfElements(LinkedStep linked) {
        var outputs = linked.step().outputs();
        if (linked.step().isFannedOut()) {
            outputs.forEach((name, output) -> {
                if (output.list() || output.type() == OutputType.FOLDER) {
                    problems.addUnlessTold(
                            linked.draft().place().named("outputs").named(name),
                            "the step runs for each element and so gives a list anyway: %s cannot be in one"
                                    .formatted(output.list() ? "a list" : "a folder"));
                }
            });
        }
    }
}
