package dev.pawl.definition;

import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.util.List;

/** Says that a definition has no such thing, and what it has. */
final class Absent {
    private Absent() {}

    static PawlException step(Definition definition, StepName name) {
        List<String> steps =
                definition.steps().stream().map(step -> step.name().value()).toList();
        return PawlException.notFound(
                "no-step",
                "Project %s has no step '%s'%s"
                        .formatted(definition.project(), name, ProblemHint.of(name.value(), steps)));
    }

    static PawlException environment(Definition definition, EnvironmentName name) {
        return PawlException.notFound(
                "no-environment",
                "Project %s has no environment '%s'; pawl.yaml has %s"
                        .formatted(
                                definition.project(),
                                name,
                                definition.environments().stream()
                                        .map(Environment::name)
                                        .toList()));
    }
}
