package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Artifacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a step reads: artifacts of other steps and snapshots of data. */
record StepInputs(Definition definition, SortedMap<String, Input> inputs, SortedMap<String, Digest> digests) {

    /** Where snapshots come from. */
    interface Snapshots {
        Digest of(String source);
    }

    /** @param done the outputs of the steps before, by step */
    static StepInputs resolve(
            Definition definition,
            Definition.Step step,
            Map<StepName, SortedMap<String, Digest>> done,
            Snapshots snapshots) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        step.inputs()
                .forEach((name, input) -> digests.put(
                        name,
                        switch (input) {
                            case FromData(String source) -> snapshots.of(source);
                            case FromStep(StepName before, String output) -> output(done, before, output);
                        }));
        return new StepInputs(definition, step.inputs(), digests);
    }

    /** Writes all inputs, each checked against its digest, and returns their paths by name. */
    SortedMap<String, String> writeTo(Artifacts artifacts, Path folder) {
        SortedMap<String, String> paths = new TreeMap<>();
        inputs.forEach((name, input) -> {
            OutputType type = type(input);
            Path file = folder.resolve(name + type.ending());
            write(artifacts, digest(name), type, file);
            paths.put(name, file.toString());
        });
        return paths;
    }

    static void write(Artifacts artifacts, Digest digest, OutputType type, Path file) {
        switch (type) {
            case FOLDER -> artifacts.writeFolderTo(digest, file);
            case TABLE, MODEL, REPORT, FILE -> artifacts.writeTo(digest, file);
        }
    }

    private Digest digest(String name) {
        Digest digest = digests.get(name);
        if (digest == null) {
            throw new IllegalStateException("input " + name + " was not resolved");
        }
        return digest;
    }

    private OutputType type(Input input) {
        return switch (input) {
            case FromData _ -> OutputType.TABLE;
            case FromStep(StepName before, String output) -> {
                OutputType type = definition.step(before).outputs().get(output);
                yield type == null ? OutputType.FILE : type;
            }
        };
    }

    private static Digest output(Map<StepName, SortedMap<String, Digest>> done, StepName step, String output) {
        SortedMap<String, Digest> outputs = done.get(step);
        Digest digest = outputs == null ? null : outputs.get(output);
        if (digest == null) {
            throw PawlException.notFound("no-output", "Step '" + step + "' has no output '" + output + "'");
        }
        return digest;
    }
}
