package dev.pawl.definition;

import dev.pawl.definition.ClassDescription.StepDescription;
import dev.pawl.definition.Definition.RunRules;
import dev.pawl.definition.Draft.StepDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Steps that are methods of a class. What they are is said by the class's description; pawl.yaml can only set them up.
 *
 * @param place where the class is named: for what is wrong with the class
 * @param settings by step
 */
record ClassPipeline(String name, YamlPlace place, SequencedMap<String, StepSettings> settings, RunRules rules)
        implements PipelineSection {
    private static final List<String> OF_THE_METHOD =
            List.of("run", "files", "inputs", "outputs", "environment", "each", "python", "container", "pipeline");

    static ClassPipeline read(YamlMap pipeline) {
        YamlMap steps = pipeline.mapOrEmpty("steps");
        var settings = new LinkedHashMap<String, StepSettings>();
        steps.maps().forEach((name, step) -> {
            settings.put(name, StepSettings.read(step, RetrySettings.OF_METHODS));
            OF_THE_METHOD.forEach(key -> step.refuse(
                    key, "the steps of a class are its methods: '" + key + "' belongs to steps without class"));
        });
        return new ClassPipeline(
                pipeline.required("class", YamlFormat.CLASS_NAME),
                pipeline.placeOf("class"),
                settings,
                PipelineSection.rules(pipeline));
    }

    @Override
    public Optional<String> className() {
        return Optional.of(name);
    }

    @Override
    public List<Draft> drafts(Optional<String> description, Problems problems) {
        var steps = described(description, problems).steps();
        var names = steps.stream().map(step -> step.name().value()).toList();
        settings.forEach((step, setting) -> {
            if (!names.contains(step)) {
                problems.add(setting.place(), name + " has no step '" + step + "'" + ProblemHint.of(step, names));
            }
        });
        return steps.stream().map(step -> draft(step, problems)).toList();
    }

    private ClassDescription described(Optional<String> json, Problems problems) {
        var description = ClassDescription.read(
                json.orElseThrow(() -> new IllegalArgumentException(
                        "the steps are the methods of " + name + ": its description is needed")),
                place,
                problems);
        if (!description.className().equals(name)) {
            problems.add(place, "the description is of %s instead".formatted(description.className()));
            throw problems.exception();
        }
        return description;
    }

    private Draft draft(StepDescription step, Problems problems) {
        var given = settings.getOrDefault(step.name().value(), StepSettings.absent(place));
        var parameters = new StepParameters(step.parameters(), given, problems);
        given.secrets().forEach((secret, said) -> {
            var known = step.settings().secrets().keySet();
            if (!known.contains(secret)) {
                problems.add(said.place(), "the step takes no secret '" + secret + "'" + ProblemHint.of(secret, known));
            }
        });
        var both = given.over(step.settings());
        return new StepDraft(
                step.place(),
                step.name(),
                step.command(),
                step.inputs(),
                parameters.values(),
                parameters.rules(),
                step.outputs(),
                both,
                both.rules(problems));
    }
}
