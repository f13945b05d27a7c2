package dev.pawl.experiment;

import dev.pawl.definition.DeclaredParameters;
import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Commands;
import dev.pawl.executor.PipelineClass;
import dev.pawl.pipeline.ProjectPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The pipeline of a working copy as it is built now.
 *
 * @param declared what its class, if it has one, says of parameters
 */
public record ProjectDefinition(Definition definition, DeclaredParameters declared) {
    /** @throws dev.pawl.kernel.PawlException if pawl.yaml or the pipeline class is wrong, or the class is not built */
    public static ProjectDefinition read(Path folder, Commands commands, Path javaHome) throws InterruptedException {
        PawlYaml yaml = PawlYaml.read(folder);
        Optional<String> description = description(folder, yaml, commands, javaHome);
        return new ProjectDefinition(yaml.compile(description), DeclaredParameters.of(description));
    }

    private static Optional<String> description(Path folder, PawlYaml yaml, Commands commands, Path javaHome)
            throws InterruptedException {
        if (yaml.pipelineClass().isEmpty()) {
            return Optional.empty();
        }
        List<Path> classPath = ProjectPackage.classPath(folder, yaml.ci());
        return Optional.of(PipelineClass.describe(
                commands, javaHome, classPath, yaml.pipelineClass().get()));
    }
}
