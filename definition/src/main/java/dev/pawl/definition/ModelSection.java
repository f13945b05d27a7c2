package dev.pawl.definition;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.ModelPlan.Holdout;
import dev.pawl.definition.ModelPlan.LoadGate;
import dev.pawl.definition.ModelPlan.QualityGate;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code model}: the model that a run gives, and what it takes to go live.
 *
 * @param from where the model's step is named
 * @param table where the holdout's step is named
 */
record ModelSection(ModelPlan plan, YamlPlace from, YamlPlace table) {
    static final List<String> METRICS = List.of("mape", "mae", "rmse");

    private static final Duration LOAD_LASTS = Duration.ofSeconds(2);
    private static final YamlFormat<String> RIVAL = YamlFormat.oneOf(List.of("champion", "nothing"));
    private static final YamlFormat<ModelName> NAME = YamlFormat.lowerName(ModelName::new);

    static ModelSection read(YamlMap model) {
        YamlMap holdout = model.requiredMap("holdout");
        YamlMap gates = model.requiredMap("gates");
        var plan = new ModelPlan(
                model.required("name", NAME),
                model.required("from", YamlFormat.STEP),
                holdout(holdout),
                quality(gates),
                gates.map("service").map(service -> load(service.requiredMap("load"))));
        return new ModelSection(plan, model.placeOf("from"), holdout.placeOf("table"));
    }

    private static Holdout holdout(YamlMap holdout) {
        return new Holdout(
                holdout.required("table", YamlFormat.STEP),
                holdout.required("label", YamlFormat.TEXT),
                holdout.required("time", YamlFormat.TEXT));
    }

    private static QualityGate quality(YamlMap gates) {
        if (!gates.has("quality")) {
            gates.problems()
                    .add(
                            gates.placeOf("quality"),
                            "is missing, and gates are closed; to let every model through, knowingly, write"
                                    + " quality: { better-than: nothing }");
        }
        YamlMap quality = gates.mapOrEmpty("quality");
        var max = new TreeMap<String, Double>();
        METRICS.forEach(metric -> quality.map(metric)
                .ifPresent(bounds -> max.put(metric, bounds.required("max", YamlFormat.POSITIVE_NUMBER))));
        String rival = quality.optional("better-than", RIVAL, "champion");
        return new QualityGate(max, rival.equals("champion"));
    }

    private static LoadGate load(YamlMap load) {
        return new LoadGate(
                load.required("rate", YamlFormat.RATE),
                load.required("p99", YamlFormat.POSITIVE_DURATION),
                load.optional("for", YamlFormat.POSITIVE_DURATION, LOAD_LASTS));
    }

    /**
     * Checks what can be known only with the steps.
     *
     * @param inOrder the steps, each after those it reads from
     */
    void check(LinkedSteps steps, List<Step> inOrder, Problems problems) {
        if (!problems.told("pipeline.steps")) {
            wrong(plan.from(), OutputType.MODEL, steps, inOrder).ifPresent(text -> problems.addUnlessTold(from, text));
            wrong(plan.holdout().table(), OutputType.TABLE, steps, inOrder)
                    .ifPresent(text -> problems.addUnlessTold(table, text));
        }
    }

    private static Optional<String> wrong(StepName name, OutputType type, LinkedSteps steps, List<Step> inOrder) {
        var found = steps.find(name);
        if (found.isPresent()) {
            return wrong(found.get().step(), type, inOrder);
        }
        String unknown = "there is no step '" + name + "'" + ProblemHint.of(name.value(), steps.names());
        return steps.mayHave(name.value()) ? Optional.empty() : Optional.of(unknown);
    }

    private static Optional<String> wrong(Step step, OutputType type, List<Step> steps) {
        String word = type.name().toLowerCase(Locale.ROOT);
        String what = "step '" + step.name() + "' ";
        long count = step.outputs().entrySet().stream()
                .filter(output -> output.getValue().type() == type && !step.givesList(output.getKey()))
                .count();
        if (step.isFannedOut()) {
            return Optional.of(what + "runs for each element: let a step after it give the one " + word);
        } else if (step.rules().always()) {
            return Optional.of(what + "runs at the end whatever happened before: it cannot give the " + word);
        } else if (count != 1) {
            return Optional.of(what + "must give exactly one %s, but gives %d".formatted(word, count));
        } else if (skippable(steps).contains(step.name())) {
            return Optional.of(what + "may be skipped, by its own condition or that of a step before it: every run that"
                    + " succeeds must give the " + word);
        }
        return Optional.empty();
    }

    private static Set<StepName> skippable(List<Step> steps) {
        var skippable = new HashSet<StepName>();
        steps.stream()
                .filter(step -> step.rules().when().isPresent()
                        || Definition.stepInputs(step.inputs()).stream()
                                .anyMatch(from -> !from.optional() && skippable.contains(from.step())))
                .forEach(step -> skippable.add(step.name()));
        return skippable;
    }
}
