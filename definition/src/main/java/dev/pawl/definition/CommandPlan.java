package dev.pawl.definition;

import dev.pawl.definition.Definition.Container;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * In what the commands of CI run: the build and the tests.
 *
 * @param python a requirements or lock file of the repository; the commands find an environment made of it first on their path
 * @param container the image that they run in, if any
 * @param memoryBytes that a command may take, with all that it starts
 * @param caches folders of their home that are kept from one build to the next, by name
 */
public record CommandPlan(
        Optional<String> python, Optional<Container> container, long memoryBytes, SortedMap<String, CachePlan> caches) {
    private static final long USUAL_MEMORY = 8L << 30;

    /** On the machine itself, with nothing kept. */
    public static final CommandPlan USUAL =
            new CommandPlan(Optional.empty(), Optional.empty(), USUAL_MEMORY, Collections.emptySortedMap());

    /** The same with a Python environment. */
    public CommandPlan withPython(Optional<String> file) {
        return new CommandPlan(file, container, memoryBytes, caches);
    }

    /**
     * @param folder relative to the home
     * @param of files of the repository, such as lock files: another content of theirs is another cache
     */
    public record CachePlan(String folder, List<String> of) {}
}
