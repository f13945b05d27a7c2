package dev.pawl.definition;

import dev.pawl.definition.Definition.Step;
import java.util.List;

/** A definition with other steps, and all else as it was. */
final class OtherSteps {
    private OtherSteps() {}

    static Definition in(Definition definition, List<Step> steps) {
        return new Definition(
                definition.project(),
                steps,
                definition.rules(),
                definition.data(),
                definition.ci(),
                definition.environments(),
                definition.triggers(),
                definition.model(),
                definition.monitor(),
                definition.sweeps());
    }
}
