package dev.pawl.registry;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.StepName;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished run gives to the registry.
 *
 * @param artifact the model's file
 * @param holdout the table of the rows it has not seen
 */
record Registration(EnvironmentName environment, ModelName model, Digest artifact, Digest holdout) {

    /** Whether the run can end in the registry at all: only a production run that succeeded can. */
    static boolean concerns(Fact.RunFinished run) {
        return run.purpose() == Fact.Purpose.PRODUCTION
                && run.outcome() == Fact.Outcome.SUCCEEDED
                && run.environment().isPresent();
    }

    /** Empty if the pipeline trains no model, or if the run did not give what its definition promises. */
    static Optional<Registration> of(Fact.RunFinished run, Definition definition) {
        EnvironmentName environment = run.environment().orElseThrow();
        return definition
                .model()
                .flatMap(plan -> definition
                        .modelName(environment)
                        .flatMap(model -> of(environment, model, plan, definition, run.outputs())));
    }

    private static Optional<Registration> of(
            EnvironmentName environment,
            ModelName model,
            ModelPlan plan,
            Definition definition,
            Map<String, Digest> outputs) {
        return output(definition, plan.from(), OutputType.MODEL, outputs)
                .flatMap(artifact -> output(definition, plan.holdout().table(), OutputType.TABLE, outputs)
                        .map(holdout -> new Registration(environment, model, artifact, holdout)));
    }

    /** The step's output of the given type; a run names it by {@code step.output}, or by the step alone. */
    private static Optional<Digest> output(
            Definition definition, StepName step, OutputType type, Map<String, Digest> outputs) {
        return definition.step(step).outputs().entrySet().stream()
                .filter(output -> output.getValue().type() == type)
                .flatMap(output -> Optional.ofNullable(outputs.get(step + "." + output.getKey())).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(outputs.get(step.value())));
    }
}
