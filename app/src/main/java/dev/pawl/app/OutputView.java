package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.RunStep;
import java.util.List;
import java.util.Optional;

/**
 * Something that a step gave.
 *
 * @param isFolder whether the artifact is a folder: the list of its files, each with its path, digest and whether it is executable
 * @param file what it is called as a file or folder
 */
record OutputView(String name, Digest artifact, boolean isFolder, String file) {
    /** @param step or one of its items */
    static List<OutputView> of(RunStep step, Definition.Step defined) {
        boolean isCollected = defined.isFannedOut() && step.item().isEmpty();
        return defined.outputs().entrySet().stream()
                .flatMap(declared -> Optional.ofNullable(step.outputs().get(declared.getKey())).stream()
                        .map(artifact -> of(declared.getKey(), declared.getValue(), artifact, isCollected)))
                .toList();
    }

    private static OutputView of(String name, Definition.Output output, Digest artifact, boolean isCollected) {
        boolean isFolder = isCollected || output.list() || output.type() == OutputType.FOLDER;
        return new OutputView(
                name, artifact, isFolder, isFolder ? name : name + output.type().ending());
    }
}
