package dev.pawl.definition;

import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Draft.CallDraft;
import dev.pawl.definition.Draft.StepDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Resolves what the steps refer to, and puts the steps of nested pipelines in the place of those that stand for them: step
 * {@code train} of the pipeline that step {@code tune} stands for becomes {@code tune-train}.
 */
final class Flattening {
    private final Map<String, NestedPipeline> nested;
    private final Scopes scopes;
    private final Problems problems;
    private final SequencedMap<String, LinkedStep> steps = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private int counted;

    Flattening(Map<String, NestedPipeline> nested, Set<String> sources, Problems problems) {
        this.nested = nested;
        this.scopes = new Scopes(nested, sources, problems);
        this.problems = problems;
    }

    /** The steps in the order of their declaration. No nested pipeline may stand within itself. */
    LinkedSteps linked(List<Draft> drafts) {
        add("", drafts, scopes.of("", drafts, "pipeline.steps"));
        nested.forEach((name, pipeline) -> {
            if (!used.contains(name) && missing.isEmpty()) {
                problems.addUnlessTold(
                        pipeline.place(), "no step stands for it: write one with pipeline: " + name + ", or remove it");
            }
        });
        return new LinkedSteps(steps.values(), missing);
    }

    private void add(String prefix, List<Draft> drafts, Scope scope) {
        for (Draft draft : drafts) {
            switch (draft) {
                case StepDraft step -> add(prefix, step, scope);
                case CallDraft call ->
                    scopes.pipeline(call)
                            .ifPresentOrElse(
                                    pipeline -> add(prefix + call.name() + "-", call, pipeline, scope),
                                    () -> missing.add(prefix + call.name() + "-"));
            }
        }
    }

    private void add(String prefix, StepDraft step, Scope scope) {
        count(step);
        var inputs = new TreeMap<String, Input>();
        step.inputs()
                .forEach((name, reference) -> scope.resolve(reference).ifPresent(input -> inputs.put(name, input)));
        Scopes.fullName(prefix, step.name())
                .ifPresentOrElse(
                        name -> add(step, step.linked(name, inputs)), () -> tellTooLong(prefix + step.name(), step));
    }

    private void tellTooLong(String fullName, Draft draft) {
        missing.add(fullName);
        problems.addUnlessTold(
                draft.place(),
                "its full name '%s' has more than %d letters: shorten one of its parts"
                        .formatted(fullName, Scopes.MOST_LETTERS));
    }

    /** So that there is an end, whatever nests what. */
    private void count(Draft draft) {
        if (++counted > PipelineSection.MOST_STEPS) {
            problems.add(
                    draft.place(),
                    "is one too many: with those of nested pipelines there may be " + PipelineSection.MOST_STEPS
                            + " steps");
            throw problems.exception();
        }
    }

    private void add(StepDraft step, LinkedStep linked) {
        var name = linked.step().name();
        if (steps.putIfAbsent(name.value(), linked) != null) {
            problems.addUnlessTold(step.place(), "there are two steps called '" + name + "'");
            missing.add(name.value());
        }
    }

    private void add(String prefix, CallDraft call, NestedPipeline pipeline, Scope outer) {
        used.add(call.pipeline().value());
        if (prefix.length() > Scopes.MOST_LETTERS) {
            count(call);
            tellTooLong(prefix.substring(0, prefix.length() - 1), call);
            return;
        }
        var others = Set.copyOf(steps.keySet());
        var scope = scopes.of(prefix, pipeline.drafts(), pipeline.stepsPath());
        scope.declare(
                Scope.INPUTS, inputs(call, pipeline, outer), pipeline.place().path() + ".inputs");
        add(prefix, pipeline.drafts(), scope);
        var within = new LinkedHashMap<String, LinkedStep>();
        steps.forEach((name, step) -> {
            if (!others.contains(name)) {
                within.put(name.substring(prefix.length()), step);
            }
        });
        call.parameters().forEach((name, given) -> set(name, given, within));
    }

    private SortedMap<String, Optional<Input>> inputs(CallDraft call, NestedPipeline pipeline, Scope outer) {
        call.inputs().forEach((name, reference) -> {
            if (!pipeline.inputs().contains(name)) {
                problems.add(
                        reference.place(),
                        "pipeline '" + call.pipeline().value() + "' has no input '" + name + "'"
                                + ProblemHint.of(name, pipeline.inputs()));
            }
        });
        var inputs = new TreeMap<String, Optional<Input>>();
        pipeline.inputs().forEach(name -> inputs.put(name, input(name, call, outer)));
        return inputs;
    }

    private Optional<Input> input(String name, CallDraft call, Scope outer) {
        var reference = call.inputs().get(name);
        if (reference == null) {
            problems.addUnlessTold(
                    call.place().named("inputs").named(name),
                    "is missing: pipeline '" + call.pipeline().value() + "' needs it");
            return Optional.empty();
        }
        return outer.resolve(reference);
    }

    /** @param within the steps that the call stands for, by their names within it */
    private void set(String key, Placed<YamlScalar> given, Map<String, LinkedStep> within) {
        int dot = key.lastIndexOf('.');
        var step = within.get(key.substring(0, Math.max(0, dot)));
        String name = key.substring(dot + 1);
        var rule = step == null ? null : step.draft().parameterRules().get(name);
        if (step == null || rule == null) {
            problems.addUnlessTold(
                    given.place(), "no step within takes '" + key + "'" + ProblemHint.of(key, parameters(within)));
        } else {
            var value = rule.format().read(given.value(), problems);
            steps.computeIfPresent(step.step().name().value(), (_, now) -> now.withParameter(name, value));
        }
    }

    private static List<String> parameters(Map<String, LinkedStep> within) {
        var names = new ArrayList<String>();
        within.forEach((name, step) ->
                step.step().parameters().keySet().forEach(parameter -> names.add(name + "." + parameter)));
        return names;
    }
}
