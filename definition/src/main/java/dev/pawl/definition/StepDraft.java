package dev.pawl.definition;

import dev.pawl.definition.Definition.Command;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.StepName;
import java.util.SortedMap;

/**
 * A step whose inputs are not resolved yet.
 *
 * @param place where it is declared
 * @param inputs a reference for each input, by the name the step knows it by
 */
record StepDraft(
        YamlPlace place,
        StepName name,
        Command command,
        SortedMap<String, Reference> inputs,
        SortedMap<String, Object> parameters,
        SortedMap<String, OutputType> outputs,
        StepSettings settings) {

    /** {@code data.NAME}, {@code STEP} or {@code STEP.OUTPUT}, and where it stands. */
    record Reference(YamlPlace place, String text) {}

    Step resolved(SortedMap<String, Input> resolvedInputs) {
        return new Step(
                name,
                command,
                resolvedInputs,
                parameters,
                outputs,
                settings.timeout(),
                settings.attempts(),
                settings.cache());
    }
}
