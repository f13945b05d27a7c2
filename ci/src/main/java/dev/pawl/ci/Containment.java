package dev.pawl.ci;

import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.PawlYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether all code of a commit that CI runs sees nothing of the machine: its build, its tests and its steps. */
record Containment(PawlYaml yaml) {
    private static final int MOST_NAMED = 5;

    Finding of(CiRun run) {
        List<String> outside =
                Stream.of(commands(), steps(), data()).flatMap(it -> it).toList();
        return outside.isEmpty()
                ? Finding.passed("")
                : Finding.failed("""
                    Nobody has reviewed this commit, and in this project the code of such a commit runs in containers only.
                    Without one are %s%s. Give each a container, take data from the repository, or have the proposal
                    approved (pawl review approve) and check it again: pawl ci rerun %s\
                    """.formatted(
                        String.join(", ", outside.stream().limit(MOST_NAMED).toList()),
                        outside.size() > MOST_NAMED ? " and %d more".formatted(outside.size() - MOST_NAMED) : "",
                        run.id()).strip());
    }

    private Stream<String> commands() {
        return yaml.ci().commands().container().isPresent()
                ? Stream.empty()
                : Stream.of("build and tests (ci.container)");
    }

    /** Java looks at a pipeline class, and runs its methods, on the machine itself. */
    private Stream<String> steps() {
        return yaml.pipelineClass().isPresent()
                ? yaml.pipelineClass().stream().map(name -> "the class " + name)
                : yaml.compile(Optional.empty()).steps().stream()
                        .filter(step -> !isContained(step))
                        .map(step -> "step '" + step.name() + "'");
    }

    /** The server itself reads it, as its own user, whatever is in the file. */
    private Stream<String> data() {
        return yaml.pipelineClass().isPresent()
                ? Stream.empty()
                : yaml.compile(Optional.empty()).data().entrySet().stream()
                        .filter(source -> Path.of(source.getValue().path()).isAbsolute())
                        .map(source -> "data '" + source.getKey() + "' (a file of the server)");
    }

    private static boolean isContained(Step step) {
        return step.command() instanceof Shell shell && shell.container().isPresent();
    }
}
