package dev.pawl.definition;

import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names that the steps of one pipeline can refer to, and what they stand for. */
final class Scope {
    /** The first part of a reference to a source of data. */
    static final String DATA = "data";

    /** The first part of a reference to an input of the nested pipeline. */
    static final String INPUTS = "inputs";

    /**
     * What stands behind the first part of references.
     *
     * @param parts by the second part; empty where something is wrong with it, which is told already
     * @param path the key that declares them: what is wrong with it hides names
     */
    private record Declared(SortedMap<String, Optional<Input>> parts, String path) {}

    private final SequencedMap<String, Declared> declared = new LinkedHashMap<>();
    private final String path;
    private final Problems problems;

    /** @param path the key that declares the steps */
    Scope(Set<String> sources, String path, Problems problems) {
        this.path = path;
        this.problems = problems;
        var parts = new TreeMap<String, Optional<Input>>();
        sources.forEach(source -> parts.put(source, Optional.of(new FromData(source))));
        declared.put(DATA, new Declared(parts, DATA));
    }

    /** @param declaredAt the key that declares the parts */
    void declare(String name, SortedMap<String, Optional<Input>> parts, String declaredAt) {
        declared.put(name, new Declared(parts, declaredAt));
    }

    /** What it stands for; empty if that is nothing, which is reported. */
    Optional<Input> resolve(Reference reference) {
        if (reference.text().isEmpty()) {
            return Optional.empty();
        }
        var found = declared.get(reference.first());
        if (found == null) {
            return unknown(reference, path + "." + reference.first());
        } else if (reference.second().isEmpty()) {
            return isGroup(reference.first()) ? unknown(reference, found.path()) : onlyOutput(found, reference);
        }
        var part = found.parts().get(reference.second());
        return part == null ? unknown(reference, found.path()) : part.flatMap(input -> taken(input, reference));
    }

    private Optional<Input> onlyOutput(Declared found, Reference reference) {
        if (found.parts().size() == 1) {
            return found.parts().firstEntry().getValue().flatMap(input -> taken(input, reference));
        }
        String hint = found.parts().isEmpty()
                ? "no outputs"
                : "several outputs: write one of " + written(reference.first(), found);
        return problem(reference, found.path(), "step '" + reference.first() + "' has " + hint);
    }

    private Optional<Input> taken(Input input, Reference reference) {
        return switch (input) {
            case FromStep from ->
                Optional.of(new FromStep(from.step(), from.output(), reference.each(), reference.optional()));
            case FromData _
            when reference.each() || reference.list() ->
                problem(reference, DATA, "a source of data is one table, not a list");
            case FromData _
            when reference.optional() ->
                problem(reference, DATA, "a source of data is always there, so that it cannot be optional");
            case FromData from -> Optional.of(from);
        };
    }

    private Optional<Input> unknown(Reference reference, String declaredAt) {
        String hint = ProblemHint.of(reference.text(), known());
        return problem(reference, declaredAt, "nothing is called '" + reference.text() + "'" + hint);
    }

    /** What a broken declaration may have declared is not missed. */
    private Optional<Input> problem(Reference reference, String declaredAt, String text) {
        if (!problems.told(declaredAt)) {
            problems.addUnlessTold(reference.place(), text);
        }
        return Optional.empty();
    }

    private List<String> known() {
        var known = new ArrayList<String>();
        declared.forEach((name, of) -> {
            if (of.parts().size() == 1 && !isGroup(name)) {
                known.add(name);
            } else {
                known.addAll(written(name, of));
            }
        });
        return known;
    }

    private static boolean isGroup(String name) {
        return name.equals(DATA) || name.equals(INPUTS);
    }

    private static List<String> written(String name, Declared of) {
        return of.parts().keySet().stream().map(part -> name + "." + part).toList();
    }
}
