package dev.pawl.definition;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of {@code pipelines}: steps that stand in a pipeline as one step.
 *
 * @param place where it is declared
 * @param inputs what the step that stands for it must be given
 * @param outputs of its steps, by the names under which others see them
 */
record NestedPipeline(YamlPlace place, List<Draft> drafts, List<String> inputs, SortedMap<String, Reference> outputs) {
    private static final YamlFormat<String> NAME = YamlFormat.nameOf("a nested pipeline");
    private static final YamlFormat<String> INPUT = YamlFormat.nameOf("an input");
    private static final YamlFormat<String> OUTPUT = YamlFormat.nameOf("an output");

    static SequencedMap<String, NestedPipeline> read(YamlMap pipelines, Path repository) {
        var read = new LinkedHashMap<String, NestedPipeline>();
        pipelines.maps().forEach((name, pipeline) -> {
            pipelines.name(name, NAME);
            read.put(name, read(pipelines.keyPlace(name), pipeline, repository));
        });
        return read;
    }

    private static NestedPipeline read(YamlPlace place, YamlMap pipeline, Path repository) {
        if (!pipeline.has("steps")) {
            pipeline.problems().addUnlessTold(place, "needs steps with commands to run");
        }
        YamlMap outputs = pipeline.mapOrEmpty("outputs");
        var references = new TreeMap<>(outputs.scalars(Reference.FORMAT));
        references.keySet().forEach(name -> outputs.name(name, OUTPUT));
        return new NestedPipeline(
                place, new CommandSteps(repository).read(pipeline), pipeline.list("inputs", INPUT), references);
    }

    /** The key that declares its steps. */
    String stepsPath() {
        return place.path() + ".steps";
    }
}
