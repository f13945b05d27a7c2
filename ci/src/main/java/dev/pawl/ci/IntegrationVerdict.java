package dev.pawl.ci;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Fact;
import java.util.List;
import java.util.Map;

/**
 * What the run on a sample proves.
 *
 * @param contract whether every output that a step declares was produced
 * @param integration whether the run as a whole succeeded, in time
 */
record IntegrationVerdict(Finding contract, Finding integration) {
    static IntegrationVerdict of(Definition definition, Fact.RunFinished fact) {
        return new IntegrationVerdict(contract(definition, fact), integration(fact));
    }

    private static Finding contract(Definition definition, Fact.RunFinished fact) {
        List<String> missing = definition.steps().stream()
                .filter(step -> !mayBeSkipped(definition, step))
                .flatMap(step -> step.outputs().keySet().stream()
                        .filter(output -> !produced(step, output, fact))
                        .map(output -> step.name() + "." + output))
                .toList();
        return missing.isEmpty()
                ? Finding.passed("every declared output was produced").with(Map.of("outputs", fact.outputs()))
                : Finding.failed("not produced: " + String.join(", ", missing)).with(Map.of("missing", missing));
    }

    /** Its own condition, or that of a step that it needs, may have said that it is not needed on this sample. */
    private static boolean mayBeSkipped(Definition definition, Definition.Step step) {
        return step.rules().when().isPresent()
                || Definition.stepInputs(step.inputs()).stream()
                        .anyMatch(
                                input -> !input.optional() && mayBeSkipped(definition, definition.step(input.step())));
    }

    private static boolean produced(Definition.Step step, String output, Fact.RunFinished fact) {
        return fact.outputs().containsKey(step.name() + "." + output)
                || (step.outputs().size() == 1
                        && fact.outputs().containsKey(step.name().value()));
    }

    private static Finding integration(Fact.RunFinished fact) {
        Map<String, Object> evidence = Map.of("run", fact.runId(), "outcome", fact.outcome());
        return switch (fact.outcome()) {
            case SUCCEEDED -> Finding.passed(fact.because()).with(evidence);
            case FAILED, CANCELLED -> Finding.failed(fact.because()).with(evidence);
        };
    }
}
