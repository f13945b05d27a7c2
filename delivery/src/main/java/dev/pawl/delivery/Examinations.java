package dev.pawl.delivery;

import dev.pawl.definition.Definition;
import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.HeldOut;
import dev.pawl.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers what a challenger is tried with. */
record Examinations(Store store, Definitions definitions, Instances instances) {

    Examination examination(Challenger challenger, Optional<Champion> champion, List<String> championFeatures) {
        Definition definition = definitions.get(challenger.definition());
        ModelPlan plan = definition
                .model()
                .orElseThrow(() -> PawlException.user(
                        "no-model", "pawl.yaml of version %s declares no model".formatted(challenger.version())));
        return new Examination(
                challenger, champion, championFeatures, plan, heldOut(challenger, definition, plan), instances);
    }

    /** A disk that fails is worth another attempt; a table that is missing or wrong stays so, and keeps the gates closed. */
    private Supplier<HeldOut> heldOut(Challenger challenger, Definition definition, ModelPlan plan) {
        try {
            Digest table = table(challenger, definition, plan.holdout());
            HeldOut heldOut = HeldOut.read(store.artifacts().text(table), plan.holdout());
            return () -> heldOut;
        } catch (PawlException e) {
            if (e.kind() == PawlException.Kind.EXTERNAL) {
                throw e;
            }
            return () -> {
                throw e;
            };
        }
    }

    private Digest table(Challenger challenger, Definition definition, ModelPlan.Holdout holdout) {
        Map<String, Digest> outputs = store.database().read(tx -> ChallengerStore.outputs(tx, challenger.run()));
        return tables(definition.step(holdout.table())).stream()
                .filter(outputs::containsKey)
                .map(outputs::get)
                .findFirst()
                .orElseThrow(() -> PawlException.notFound(
                        "no-held-out",
                        "Run %s left no table of step '%s'; its outputs are %s"
                                .formatted(challenger.run(), holdout.table(), outputs.keySet())));
    }

    /** The names that the table may have among a run's outputs: a step may have one output or several. */
    private static List<String> tables(Definition.Step step) {
        List<String> names = step.outputs().entrySet().stream()
                .filter(output -> output.getValue().type() == Definition.OutputType.TABLE)
                .map(output -> step.name() + "." + output.getKey())
                .toList();
        return names.size() == 1 ? List.of(step.name().value(), names.getFirst()) : names;
    }
}
