package dev.pawl.definition;

import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pipeline needs of the machine that it is deployed to, whatever environment that is.
 *
 * @param java the feature version of Java that its classes need; 0 if it has none, or if nobody has looked
 * @param commands that its steps are run by
 * @param images that steps run in
 * @param libraries the requirements and lock files of which steps' Python environments are made
 * @param memoryBytes the most that one step may take; 0 = none says
 * @param cpus the most that one step takes
 * @param accelerators the most that one step takes
 * @param secrets the names of secrets
 * @param data the absolute paths of data, by the name of the source
 */
public record PackageNeeds(
        int java,
        List<String> commands,
        List<String> images,
        List<String> libraries,
        long memoryBytes,
        int cpus,
        int accelerators,
        List<String> secrets,
        SortedMap<String, String> data) {

    public static PackageNeeds of(Definition definition) {
        List<Step> steps = definition.steps();
        List<Shell> shells = steps.stream()
                .map(Step::command)
                .filter(Shell.class::isInstance)
                .map(Shell.class::cast)
                .toList();
        return new PackageNeeds(
                0,
                shells.stream().anyMatch(shell -> shell.container().isEmpty()) ? List.of("sh") : List.of(),
                sorted(shells.stream()
                        .flatMap(shell -> shell.container().stream())
                        .map(Definition.Container::image)),
                sorted(shells.stream().flatMap(shell -> shell.python().stream())),
                most(steps, step -> step.rules().resources().memoryBytes()),
                Math.toIntExact(most(steps, step -> step.rules().resources().cpus())),
                Math.toIntExact(most(steps, step -> step.rules().resources().accelerators())),
                sorted(steps.stream()
                        .map(step -> step.rules().secrets().values())
                        .flatMap(Collection::stream)),
                outside(definition));
    }

    /** With what only the package's jars tell. */
    public PackageNeeds withJava(int version) {
        return new PackageNeeds(version, commands, images, libraries, memoryBytes, cpus, accelerators, secrets, data);
    }

    private static long most(List<Step> steps, ToLongFunction<Step> of) {
        return steps.stream().mapToLong(of).max().orElse(0);
    }

    private static List<String> sorted(Stream<String> names) {
        return names.distinct().sorted().toList();
    }

    /** What lies in the package need not be there. */
    private static SortedMap<String, String> outside(Definition definition) {
        return definition.data().entrySet().stream()
                .filter(source -> Path.of(source.getValue().path()).isAbsolute())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, source -> source.getValue().path(), (one, _) -> one, TreeMap::new));
    }
}
