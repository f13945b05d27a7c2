package dev.pawl.ci;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.CsvReader;
import dev.pawl.pipeline.RunStep;
import dev.pawl.store.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what the steps of two runs gave. */
record OutputChanges(Artifacts artifacts, RecordedRun before, RecordedRun after) {

    /** In the order of their names; those that are the same are not there. */
    List<OutputChange> all() {
        SortedMap<String, Digest> old = outputs(before);
        SortedMap<String, Digest> young = outputs(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(young.keySet());
        List<OutputChange> changes = new ArrayList<>();
        for (String name : names) {
            change(name, Optional.ofNullable(old.get(name)), Optional.ofNullable(young.get(name)))
                    .ifPresent(changes::add);
        }
        return List.copyOf(changes);
    }

    private static SortedMap<String, Digest> outputs(RecordedRun run) {
        SortedMap<String, Digest> all = new TreeMap<>();
        for (Map.Entry<StepName, RunStep> step : run.steps().entrySet()) {
            step.getValue().outputs().forEach((name, digest) -> all.put(step.getKey() + "." + name, digest));
        }
        return all;
    }

    private Optional<OutputChange> change(String name, Optional<Digest> old, Optional<Digest> young) {
        if (old.isEmpty()) {
            return Optional.of(OutputChange.of(name, "is new"));
        } else if (young.isEmpty()) {
            return Optional.of(OutputChange.of(name, "is gone"));
        } else if (old.equals(young)) {
            return Optional.empty();
        }
        return Optional.of(
                isTable(before, name) && isTable(after, name) && artifacts.has(old.get()) && artifacts.has(young.get())
                        ? tables(name, old.get(), young.get())
                        : OutputChange.of(name, "has another content"));
    }

    private static boolean isTable(RecordedRun run, String output) {
        String[] parts = output.split("\\.", 2);
        return run.definition().steps().stream()
                .filter(step -> step.name().value().equals(parts[0]) && !step.givesList(parts[1]))
                .flatMap(step -> Optional.ofNullable(step.outputs().get(parts[1])).stream())
                .anyMatch(declared -> declared.type() == OutputType.TABLE);
    }

    /** @param rows how many, without the header */
    private record Shape(List<String> columns, int rows) {
        static Shape of(String name, String csv) {
            try (CsvReader table = CsvReader.of(csv, name)) {
                int rows = 0;
                while (table.next().isPresent()) {
                    rows++;
                }
                return new Shape(table.header(), rows);
            }
        }
    }

    /** What is no table on one side differs, without saying in what: who is to blame is the contract's affair. */
    private OutputChange tables(String name, Digest old, Digest young) {
        try {
            return shapes(name, old, young);
        } catch (PawlException e) {
            return OutputChange.of(name, "has another content");
        }
    }

    private OutputChange shapes(String name, Digest old, Digest young) {
        Shape was = Shape.of(name, artifacts.text(old));
        Shape is = Shape.of(name, artifacts.text(young));
        List<String> added =
                is.columns().stream().filter(it -> !was.columns().contains(it)).toList();
        List<String> removed =
                was.columns().stream().filter(it -> !is.columns().contains(it)).toList();
        String columns = (added.isEmpty() ? "" : "has the new columns " + String.join(", ", added) + "; ")
                + (removed.isEmpty() ? "" : "lacks the columns " + String.join(", ", removed) + "; ");
        String rows = was.rows() == is.rows() ? is.rows() + " rows" : was.rows() + " rows became " + is.rows();
        return new OutputChange(name, columns + rows, added, removed);
    }
}
