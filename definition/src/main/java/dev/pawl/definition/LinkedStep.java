package dev.pawl.definition;

import dev.pawl.definition.Definition.Step;
import java.util.TreeMap;

/** A step with all it refers to, and what it was written as, for what is wrong with it. */
record LinkedStep(Draft.StepDraft draft, Step step) {

    LinkedStep withParameter(String name, Object value) {
        var parameters = new TreeMap<>(step.parameters());
        parameters.put(name, value);
        return new LinkedStep(
                draft, new Step(step.name(), step.command(), step.inputs(), parameters, step.outputs(), step.rules()));
    }
}
