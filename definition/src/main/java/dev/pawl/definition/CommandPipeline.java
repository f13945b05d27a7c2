package dev.pawl.definition;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.StepDraft.Reference;
import dev.pawl.kernel.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Steps that are commands, in any language. */
record CommandPipeline(List<StepDraft> drafts) implements PipelineSection {
    private static final YamlFormat<String> INPUT = YamlFormat.nameOf("an input");
    private static final YamlFormat<String> OUTPUT = YamlFormat.nameOf("an output");
    private static final YamlFormat<OutputType> TYPE = YamlFormat.oneOf(OutputType.class);

    static CommandPipeline read(YamlMap pipeline) {
        if (!pipeline.has("steps")) {
            pipeline.problems().addUnlessTold(pipeline.place(), "needs a class, or steps with commands to run");
        }
        YamlMap steps = pipeline.mapOrEmpty("steps");
        var drafts = new ArrayList<StepDraft>();
        steps.maps()
                .forEach((name, step) ->
                        drafts.add(draft(steps.keyPlace(name), steps.name(name, YamlFormat.STEP), step)));
        if (pipeline.has("steps") && (drafts.isEmpty() || drafts.size() > MOST_STEPS)) {
            pipeline.problems()
                    .addUnlessTold(pipeline.placeOf("steps"), "must have from 1 to " + MOST_STEPS + " steps");
        }
        return new CommandPipeline(List.copyOf(drafts));
    }

    private static StepDraft draft(YamlPlace place, StepName name, YamlMap step) {
        if (name.value().equals(StepGraph.DATA)) {
            step.problems().add(place, "a step cannot be named 'data', since data.NAME refers to a source");
        }
        var settings = StepSettings.read(step);
        return new StepDraft(
                place,
                name,
                new Shell(step.required("run", YamlFormat.TEXT), environment(step.mapOrEmpty("environment"))),
                inputs(step.mapOrEmpty("inputs")),
                settings.writtenParameters(),
                outputs(step),
                settings);
    }

    private static SortedMap<String, String> environment(YamlMap environment) {
        var variables = environment.scalars(YamlFormat.VARIABLE);
        variables.keySet().forEach(name -> environment.name(name, YamlFormat.VARIABLE_NAME));
        return new TreeMap<>(variables);
    }

    private static SortedMap<String, Reference> inputs(YamlMap inputs) {
        var references = new TreeMap<String, Reference>();
        inputs.scalars(YamlFormat.REFERENCE).forEach((name, text) -> {
            inputs.name(name, INPUT);
            references.put(name, new Reference(inputs.placeOf(name), text));
        });
        return references;
    }

    /** Names with their types, or names alone, which are files of any kind. */
    private static SortedMap<String, OutputType> outputs(YamlMap step) {
        var outputs = new TreeMap<String, OutputType>();
        if (step.isList("outputs")) {
            step.list("outputs", OUTPUT).forEach(name -> outputs.put(name, OutputType.FILE));
        } else {
            YamlMap typed = step.mapOrEmpty("outputs");
            outputs.putAll(typed.scalars(TYPE));
            outputs.keySet().forEach(name -> typed.name(name, OUTPUT));
        }
        return outputs;
    }

    @Override
    public Optional<String> className() {
        return Optional.empty();
    }

    @Override
    public List<StepDraft> steps(Optional<String> description, Problems problems) {
        return drafts;
    }
}
