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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an attempt reads: artifacts of other steps and snapshots of data.
 *
 * @param digests by input; an optional input that is not there is absent
 */
record StepInputs(Definition definition, SortedMap<String, Input> inputs, SortedMap<String, Digest> digests) {

    /** Where snapshots come from. */
    interface Snapshots {
        Digest of(String source);
    }

    static StepInputs resolve(Task task, Snapshots snapshots) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        task.step()
                .inputs()
                .forEach((name, input) ->
                        resolve(task, name, input, snapshots).ifPresent(digest -> digests.put(name, digest)));
        return new StepInputs(task.definition(), task.step().inputs(), digests);
    }

    private static Optional<Digest> resolve(Task task, String name, Input input, Snapshots snapshots) {
        return switch (input) {
            case FromData(String source) -> Optional.of(snapshots.of(source));
            case FromStep from
            when task.each().containsKey(name) && task.key().step().isItem() && from.each() ->
                Optional.ofNullable(task.each().get(name));
            case FromStep from -> output(task.done(), from);
        };
    }

    /** By input, as its file is called behind its name. */
    SortedMap<String, String> endings() {
        SortedMap<String, String> endings = new TreeMap<>();
        digests.keySet().forEach(name -> endings.put(name, type(name).ending()));
        return endings;
    }

    /** Writes all inputs, each checked against its digest, and returns their paths by name. */
    SortedMap<String, String> writeTo(Artifacts artifacts, Path folder) {
        SortedMap<String, String> paths = new TreeMap<>();
        digests.forEach((name, digest) -> {
            OutputType type = type(name);
            Path file = folder.resolve(name + type.ending());
            write(artifacts, digest, type, file);
            paths.put(name, file.toString());
        });
        return paths;
    }

    private static void write(Artifacts artifacts, Digest digest, OutputType type, Path file) {
        switch (type) {
            case FOLDER -> artifacts.writeFolderTo(digest, file);
            case TABLE, MODEL, REPORT, RECORD, VALUE, FILE -> artifacts.writeTo(digest, file);
        }
    }

    /** A list is a folder, unless one of its items is meant. */
    OutputType type(String name) {
        return switch (inputs.get(name)) {
            case null -> OutputType.FILE;
            case FromData _ -> OutputType.TABLE;
            case FromStep from -> {
                var before = definition.step(from.step());
                var output = before.outputs().get(from.output());
                boolean list = output != null && (output.list() || before.isFannedOut());
                yield output == null ? OutputType.FILE : list && !from.each() ? OutputType.FOLDER : output.type();
            }
        };
    }

    private static Optional<Digest> output(Map<StepName, SortedMap<String, Digest>> done, FromStep from) {
        SortedMap<String, Digest> outputs = done.get(from.step());
        Digest digest = outputs == null ? null : outputs.get(from.output());
        if (digest == null && !from.optional()) {
            throw PawlException.notFound(
                    "no-output", "Step '" + from.step() + "' has no output '" + from.output() + "'");
        }
        return Optional.ofNullable(digest);
    }
}
