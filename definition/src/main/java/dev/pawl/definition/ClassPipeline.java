package dev.pawl.definition;

import dev.pawl.definition.ClassDescription.StepDescription;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.StepDraft.Reference;
import dev.pawl.kernel.PawlException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Steps that are methods of a class. What they are is said by the class's description; pawl.yaml can only set them up.
 *
 * @param place where the class is named: for what is wrong with the class
 * @param settings by step
 */
record ClassPipeline(String name, YamlPlace place, SequencedMap<String, StepSettings> settings)
        implements PipelineSection {
    private static final List<String> OF_THE_METHOD = List.of("run", "inputs", "outputs", "environment");

    static ClassPipeline read(YamlMap pipeline) {
        YamlMap steps = pipeline.mapOrEmpty("steps");
        var settings = new LinkedHashMap<String, StepSettings>();
        steps.maps().forEach((name, step) -> {
            settings.put(name, StepSettings.read(step));
            OF_THE_METHOD.forEach(key -> step.refuse(
                    key, "the steps of a class are its methods: '" + key + "' belongs to steps without class"));
        });
        return new ClassPipeline(
                pipeline.required("class", YamlFormat.CLASS_NAME), pipeline.placeOf("class"), settings);
    }

    @Override
    public Optional<String> className() {
        return Optional.of(name);
    }

    @Override
    public List<StepDraft> steps(Optional<String> description, Problems problems) {
        var steps = described(description, problems).steps();
        var names = steps.stream().map(StepDescription::name).toList();
        settings.forEach((step, setting) -> {
            if (!names.contains(step)) {
                problems.add(setting.place(), name + " has no step '" + step + "'" + ProblemHint.of(step, names));
            }
        });
        return steps.stream().map(step -> draft(step, problems)).toList();
    }

    private ClassDescription described(Optional<String> json, Problems problems) {
        try {
            var description = ClassDescription.read(json.orElseThrow(() -> new IllegalArgumentException(
                    "the steps are the methods of " + name + ": its description is needed")));
            if (description.className().equals(name) && description.steps().size() <= MOST_STEPS) {
                return description;
            }
            problems.add(
                    place,
                    "the description is of %s with %d steps, where %s with at most %d is expected"
                            .formatted(
                                    description.className(), description.steps().size(), name, MOST_STEPS));
        } catch (PawlException e) {
            problems.add(
                    place,
                    "its description does not keep the step contract; is the SDK of another version? " + e.text());
        }
        throw problems.exception();
    }

    private StepDraft draft(StepDescription step, Problems problems) {
        var at = place.within("step " + step.name());
        var given = settings.getOrDefault(step.name(), StepSettings.absent(place));
        return new StepDraft(
                at,
                YamlFormat.STEP.read(new YamlScalar(at, step.name(), YamlScalar.Type.TEXT), problems),
                new JavaMethod(name),
                inputs(step, at),
                new StepParameters(step.parameters(), given, problems).values(),
                new TreeMap<>(Map.of(step.output().name(), step.output().type().type())),
                given);
    }

    private static SortedMap<String, Reference> inputs(StepDescription step, YamlPlace at) {
        var inputs = new TreeMap<String, Reference>();
        step.inputs().forEach((input, from) -> inputs.put(input, new Reference(at.within("input " + input), from)));
        step.sources()
                .forEach((input, source) ->
                        inputs.put(input, new Reference(at.within("source " + input), StepGraph.DATA + "." + source)));
        return inputs;
    }
}
