package dev.pawl.definition;

import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Draft.CallDraft;
import dev.pawl.definition.Draft.StepDraft;
import dev.pawl.kernel.StepName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells for every pipeline, the whole and the nested ones, what its steps can refer to. */
final class Scopes {
    static final int MOST_LETTERS = 63;

    private final Map<String, NestedPipeline> nested;
    private final Set<String> sources;
    private final Problems problems;

    /** By nested pipeline, of which step each output is, named as within it. */
    private final Map<String, SortedMap<String, Optional<Input>>> outputs = new HashMap<>();

    Scopes(Map<String, NestedPipeline> nested, Set<String> sources, Problems problems) {
        this.nested = nested;
        this.sources = sources;
        this.problems = problems;
    }

    /**
     * @param prefix of the steps' full names
     * @param path the key that declares the steps
     */
    Scope of(String prefix, List<Draft> drafts, String path) {
        var scope = new Scope(sources, path, problems);
        drafts.forEach(draft -> {
            switch (draft) {
                case StepDraft step ->
                    scope.declare(
                            step.name().value(),
                            outputs(prefix, step),
                            step.place().path() + ".outputs");
                case CallDraft call -> scope.declare(call.name().value(), outputs(prefix, call), outputsPath(call));
            }
        });
        return scope;
    }

    private SortedMap<String, Optional<Input>> outputs(String prefix, StepDraft step) {
        var declared = new TreeMap<String, Optional<Input>>();
        step.outputs().keySet().forEach(output -> declared.put(output, from(prefix, step.name(), output)));
        return declared;
    }

    private SortedMap<String, Optional<Input>> outputs(String prefix, CallDraft call) {
        var declared = new TreeMap<String, Optional<Input>>();
        pipeline(call)
                .ifPresent(pipeline -> outputsOf(call.pipeline().value(), pipeline)
                        .forEach((output, input) -> declared.put(
                                output,
                                input.flatMap(of -> of instanceof FromStep inner
                                        ? from(prefix + call.name() + "-", inner.step(), inner.output())
                                        : Optional.empty()))));
        return declared;
    }

    private static Optional<Input> from(String prefix, StepName step, String output) {
        return fullName(prefix, step).map(name -> new FromStep(name, output));
    }

    /** Empty if it is longer than names may be. */
    static Optional<StepName> fullName(String prefix, StepName step) {
        return Optional.of(prefix + step)
                .filter(name -> name.length() <= MOST_LETTERS)
                .map(StepName::new);
    }

    /** What hides the outputs if it is wrong: that there is such a pipeline, or what it says of its outputs. */
    private String outputsPath(CallDraft call) {
        return pipeline(call)
                .map(pipeline -> pipeline.place().path() + ".outputs")
                .orElse(call.pipeline().place().path());
    }

    private SortedMap<String, Optional<Input>> outputsOf(String name, NestedPipeline pipeline) {
        var known = outputs.get(name);
        if (known == null) {
            var scope = of("", pipeline.drafts(), pipeline.stepsPath());
            known = new TreeMap<>();
            for (var output : pipeline.outputs().entrySet()) {
                known.put(output.getKey(), outputOf(scope, output.getValue()));
            }
            outputs.put(name, known);
        }
        return known;
    }

    private Optional<Input> outputOf(Scope scope, Reference reference) {
        if (reference.first().equals(Scope.DATA) || reference.first().equals(Scope.INPUTS)) {
            problems.add(reference.place(), "must be the output of one of the pipeline's own steps");
            return Optional.empty();
        }
        return scope.resolve(reference);
    }

    /** The pipeline that a step stands for; empty if there is none, which is reported. */
    Optional<NestedPipeline> pipeline(CallDraft call) {
        String name = call.pipeline().value();
        if (!nested.containsKey(name)) {
            problems.addUnlessTold(
                    call.pipeline().place(), "pipelines has no '" + name + "'" + ProblemHint.of(name, nested.keySet()));
        }
        return Optional.ofNullable(nested.get(name));
    }
}
