package dev.pawl.sdk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run of a test made of what. Digests are those that Pawl's artifact store gives the same content:
 * {@code sha256:} and 64 hexadecimal digits.
 *
 * @param made one entry for each time that a step succeeded, in order; for each element of a fan-out one
 * @param digests of all sources of data ({@code data.<name>}) and of all outputs ({@code <step>})
 */
public record Lineage(List<Made> made, Map<String, String> digests) {
    /** What a source of data is called here begins with this. */
    static final String DATA = "data.";

    /** Keeps copies. */
    public Lineage {
        made = List.copyOf(made);
        digests = Map.copyOf(digests);
    }

    /**
     * One success of a step.
     *
     * @param element its number in the fan-out, from 0; 0 for a step that has none
     * @param inputs by the name of the parameter
     * @param output its digest; empty for a step that gives nothing
     */
    public record Made(
            String step,
            int element,
            SortedMap<String, Origin> inputs,
            Map<String, Object> parameters,
            String output) {}

    /**
     * Where an input came from.
     *
     * @param from a step, or {@code data.<name>}
     * @param digest of exactly what the step got; of one element where it took the list element by element
     */
    public record Origin(String from, String digest) {}

    /** Each success of a step: one, or as many as the elements of its fan-out. */
    public List<Made> of(String step) {
        return made.stream().filter(one -> one.step().equals(step)).toList();
    }

    /** The digests of what a step got by the name of the parameter; in a fan-out, what its first element got. */
    public SortedMap<String, String> inputs(String step) {
        SortedMap<String, String> digests = new TreeMap<>();
        of(step).stream()
                .limit(1)
                .forEach(one -> one.inputs().forEach((name, origin) -> digests.put(name, origin.digest())));
        return digests;
    }

    /**
     * The digest of what a step gave, of the whole list if it gave one, or of a source of data ({@code data.<name>}).
     *
     * @throws AssertionError when there is none
     */
    public String digest(String name) {
        String digest = digests.get(name);
        if (digest == null) {
            throw new AssertionError("Nothing is called '" + name + "'; there are " + new TreeSet<>(digests.keySet()));
        }
        return digest;
    }

    /** All steps and sources ({@code data.<name>}) that the output of a step came from, at whatever distance. */
    public Set<String> upstream(String step) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(origins(step));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (found.add(next)) {
                open.addAll(origins(next));
            }
        }
        return found;
    }

    private List<String> origins(String step) {
        List<String> origins = new ArrayList<>();
        of(step).forEach(one -> one.inputs().values().forEach(origin -> origins.add(origin.from())));
        return origins.stream().distinct().toList();
    }
}
