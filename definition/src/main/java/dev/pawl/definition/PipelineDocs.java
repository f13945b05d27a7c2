package dev.pawl.definition;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the author of a pipeline class wrote for people. It is no part of the definition, so that a better sentence makes no new
 * version of the pipeline.
 *
 * @param pipeline empty if nothing was written
 * @param steps by step, where something was written
 * @param parameters by {@code STEP.PARAMETER}, likewise
 */
public record PipelineDocs(String pipeline, SortedMap<String, String> steps, SortedMap<String, String> parameters) {

    /**
     * @param description of the class, by the step contract, which {@link PawlYaml#compile} takes as well
     * @throws dev.pawl.kernel.PawlException {@code bad-pawl-yaml} if it is none
     */
    public static PipelineDocs of(String description) {
        var problems = new Problems();
        var read = ClassDescription.read(description, YamlPlace.START, problems);
        problems.throwIfAny();
        var steps = new TreeMap<String, String>();
        var parameters = new TreeMap<String, String>();
        read.steps().forEach(step -> {
            put(steps, step.name().value(), step.doc());
            step.parameters().forEach((name, declared) -> put(parameters, step.name() + "." + name, declared.doc()));
        });
        return new PipelineDocs(read.doc(), steps, parameters);
    }

    private static void put(Map<String, String> docs, String name, String doc) {
        if (!doc.isEmpty()) {
            docs.put(name, doc);
        }
    }
}
