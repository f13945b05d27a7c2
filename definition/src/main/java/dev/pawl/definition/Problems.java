package dev.pawl.definition;

import dev.pawl.kernel.PawlException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** All that is wrong with a pawl.yaml, so that it can be said at once and in the order of the file. */
final class Problems {
    private static final int MOST_SHOWN = 100;

    private record Problem(YamlPlace place, String text) {}

    private final Set<Problem> all = new LinkedHashSet<>();
    private final Set<String> paths = new HashSet<>();

    void add(YamlPlace place, String text) {
        all.add(new Problem(place, text));
        paths.add(place.path());
    }

    /** For what may only follow from a problem with the same key, or with one that contains it. */
    void addUnlessTold(YamlPlace place, String text) {
        if (!told(place.path())) {
            add(place, text);
        }
    }

    /** Whether something is wrong with steps: what they are is not known for sure then. */
    boolean toldOfSteps() {
        return toldWithin("pipeline") || toldWithin("pipelines");
    }

    /** Whether something is known to be wrong with this key as such or with one that contains it. */
    boolean told(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            if (paths.contains(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is known to be wrong with this key or with one within it. */
    boolean toldWithin(String path) {
        return paths.stream().anyMatch(told -> told.equals(path) || told.startsWith(path + "."));
    }

    void throwIfAny() {
        if (!all.isEmpty()) {
            throw exception();
        }
    }

    PawlException exception() {
        return PawlException.user("bad-pawl-yaml", lines());
    }

    private String lines() {
        String shown = all.stream()
                .sorted(Comparator.comparing(Problem::place))
                .limit(MOST_SHOWN)
                .map(problem -> problem.place() + problem.text())
                .collect(Collectors.joining("\n"));
        return all.size() <= MOST_SHOWN ? shown : shown + "\n... and %d more".formatted(all.size() - MOST_SHOWN);
    }
}
