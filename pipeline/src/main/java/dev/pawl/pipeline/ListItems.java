package dev.pawl.pipeline;

import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists as artifacts: folders whose files are the items, in the order of their names. */
final class ListItems {
    static final int MOST_ITEMS = 100_000;

    private ListItems() {}

    static String name(int item, OutputType type) {
        return "%06d%s".formatted(item, type.ending());
    }

    /** For how many items a fanned-out step runs, and what each of them takes of each list. */
    static List<SortedMap<String, Digest>> of(Task task, Artifacts artifacts) {
        SortedMap<String, List<Digest>> lists = new TreeMap<>();
        task.step().inputs().forEach((name, input) -> {
            if (input instanceof FromStep from && from.each()) {
                lists.put(name, list(task, from, artifacts));
            }
        });
        int length = length(lists);
        List<SortedMap<String, Digest>> items = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            int item = i;
            SortedMap<String, Digest> each = new TreeMap<>();
            lists.forEach((name, list) -> each.put(name, list.get(item)));
            items.add(each);
        }
        return items;
    }

    /** The outputs of all items, put together as lists. */
    static SortedMap<String, Digest> collect(Task task, Artifacts artifacts) {
        SortedMap<String, Digest> outputs = new TreeMap<>();
        task.step().outputs().forEach((name, output) -> {
            SortedMap<String, Digest> files = new TreeMap<>();
            for (int i = 0; i < task.collected().size(); i++) {
                Digest item = task.collected().get(i).get(name);
                if (item == null) {
                    throw new IllegalStateException(
                            "item " + i + " of step " + task.step().name() + " gave no " + name);
                }
                files.put(name(i, output.type()), item);
            }
            outputs.put(name, artifacts.folder(files));
        });
        return outputs;
    }

    private static List<Digest> list(Task task, FromStep from, Artifacts artifacts) {
        SortedMap<String, Digest> outputs = task.done().getOrDefault(from.step(), new TreeMap<>());
        Digest list = outputs.get(from.output());
        return list == null ? List.of() : List.copyOf(artifacts.members(list).values());
    }

    private static int length(SortedMap<String, List<Digest>> lists) {
        List<Integer> lengths =
                lists.values().stream().map(List::size).distinct().toList();
        if (lengths.size() != 1) {
            SortedMap<String, Integer> shown = new TreeMap<>();
            lists.forEach((name, list) -> shown.put(name, list.size()));
            throw PawlException.user(
                    "lists-differ",
                    "it runs once for each item of its lists, but these have different lengths: " + shown);
        }
        if (lengths.getFirst() > MOST_ITEMS) {
            throw PawlException.limit(
                    "too-many-items",
                    "it would run for %d items; %d is the most".formatted(lengths.getFirst(), MOST_ITEMS));
        }
        return lengths.getFirst();
    }
}
