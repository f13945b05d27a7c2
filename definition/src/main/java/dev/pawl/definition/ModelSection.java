package dev.pawl.definition;

import dev.pawl.definition.Definition.Holdout;
import dev.pawl.definition.Definition.LoadGate;
import dev.pawl.definition.Definition.ModelPlan;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.QualityGate;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** Checks against the steps what can be known only then. */
    void check(List<Step> steps, Problems problems) {
        if (!problems.told("pipeline.steps")) {
            checkGives(plan.from(), OutputType.MODEL, from, steps, problems);
            checkGives(plan.holdout().table(), OutputType.TABLE, table, steps, problems);
        }
    }

    private static void checkGives(
            StepName name, OutputType type, YamlPlace place, List<Step> steps, Problems problems) {
        var names = steps.stream().map(step -> step.name().value()).toList();
        Optional<Step> found =
                steps.stream().filter(step -> step.name().equals(name)).findFirst();
        String wrong = found.map(step -> wrongOutputs(step, type))
                .orElseGet(() -> "there is no step '" + name + "'" + ProblemHint.of(name.value(), names));
        if (!wrong.isEmpty()) {
            problems.addUnlessTold(place, wrong);
        }
    }

    private static String wrongOutputs(Step step, OutputType type) {
        long count = step.outputs().values().stream().filter(type::equals).count();
        String word = type.name().toLowerCase(Locale.ROOT);
        return count == 1 ? "" : "step '%s' must give exactly one %s, but gives %d".formatted(step.name(), word, count);
    }
}
