package dev.pawl.definition;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/**
 * A map in pawl.yaml, as its section reads it. What is wrong goes to the problems, and a stand-in is returned so that the rest
 * can be checked as well. A key that no section asked for is unknown: see {@link #reportUnknown()}.
 */
final class YamlMap implements YamlNode {
    /** A key with where it stands, and its value. */
    record Entry(YamlPlace key, YamlNode value) {}

    private final YamlPlace place;
    private final SequencedMap<String, Entry> entries;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> refused = new HashSet<>();
    private boolean opened;

    YamlMap(YamlPlace place, SequencedMap<String, Entry> entries, Problems problems) {
        this.place = place;
        this.entries = entries;
        this.problems = problems;
    }

    /** Stands for a map that is missing or something else: what is missing in it is told to nobody. */
    private static YamlMap standIn(YamlPlace place) {
        return new YamlMap(place, Collections.emptyNavigableMap(), new Problems());
    }

    Problems problems() {
        return problems;
    }

    /** Where a key's value stands, or where it is missing. */
    YamlPlace placeOf(String key) {
        return find(key).map(YamlNode::place).orElseGet(() -> place.named(key));
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    /** Whether it holds maps and nothing else, so that its keys may be names that the author chose. */
    boolean hasMapsOnly() {
        return !entries.isEmpty() && entries.values().stream().allMatch(entry -> entry.value() instanceof YamlMap);
    }

    private Optional<YamlNode> find(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    <T> T required(String key, YamlFormat<T> format) {
        return optional(key, format).orElseGet(() -> missing(key, format.expected(), format.standIn()));
    }

    <T> T optional(String key, YamlFormat<T> format, T otherwise) {
        return optional(key, format).orElse(otherwise);
    }

    <T> Optional<T> optional(String key, YamlFormat<T> format) {
        return find(key).map(node -> format.read(node, problems));
    }

    <T> Optional<Placed<T>> placed(String key, YamlFormat<T> format) {
        return find(key).map(node -> new Placed<>(node.place(), format.read(node, problems)));
    }

    YamlMap requiredMap(String key) {
        return find(key)
                .map(node -> asMap(node).orElseGet(() -> standIn(node.place())))
                .orElseGet(() -> missing(key, "a map", standIn(place.named(key))));
    }

    Optional<YamlMap> map(String key) {
        return find(key).flatMap(this::asMap);
    }

    /** The map at a key; without one, an empty one: for sections in which everything is optional. */
    YamlMap mapOrEmpty(String key) {
        return map(key).orElseGet(() -> standIn(place.named(key)));
    }

    /** Every value of this map, whose keys are names that the author chose. */
    SequencedMap<String, YamlNode> values() {
        asked.addAll(entries.keySet());
        var values = new LinkedHashMap<String, YamlNode>();
        entries.forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    /** As {@link #values()}, where every value is to be written short, as text, or as a map. */
    <T> SequencedMap<String, T> textsOrMaps(YamlFormat<T> text, Function<YamlMap, T> map) {
        var read = new LinkedHashMap<String, T>();
        values().forEach((key, node) -> read.put(key, textOrMap(node, text, map)));
        return read;
    }

    <T> Optional<T> textOrMap(String key, YamlFormat<T> text, Function<YamlMap, T> map) {
        return find(key).map(node -> textOrMap(node, text, map));
    }

    private <T> T textOrMap(YamlNode node, YamlFormat<T> text, Function<YamlMap, T> map) {
        return node instanceof YamlMap ? asMap(node).map(map).orElseThrow() : text.read(node, problems);
    }

    /** As {@link #values()}, where every value is to be a map. */
    SequencedMap<String, YamlMap> maps() {
        var maps = new LinkedHashMap<String, YamlMap>();
        values().forEach((key, node) -> maps.put(key, asMap(node).orElseGet(() -> standIn(node.place()))));
        return maps;
    }

    /** As {@link #values()}, where every value is to have one format. */
    <T> SequencedMap<String, T> scalars(YamlFormat<T> format) {
        var scalars = new LinkedHashMap<String, T>();
        values().forEach((key, node) -> scalars.put(key, format.read(node, problems)));
        return scalars;
    }

    /** As {@link #values()}, those that are single values, as they stand there. */
    SequencedMap<String, YamlScalar> scalars() {
        var scalars = new LinkedHashMap<String, YamlScalar>();
        values().forEach((key, node) -> {
            if (node instanceof YamlScalar scalar) {
                scalars.put(key, scalar);
            }
        });
        return scalars;
    }

    /** Keys that the author chose, as typed names. */
    <T> T name(String key, YamlFormat<T> format) {
        var at = keyPlace(key);
        return format.read(new YamlScalar(at, key, YamlScalar.Type.TEXT), problems);
    }

    YamlPlace keyPlace(String key) {
        var entry = entries.get(key);
        return entry == null ? place.named(key) : entry.key();
    }

    <T> List<T> list(String key, YamlFormat<T> format) {
        return items(key).stream().map(item -> format.read(item, problems)).toList();
    }

    <T> Optional<List<T>> optionalList(String key, YamlFormat<T> format) {
        return find(key).map(_ -> list(key, format));
    }

    boolean isList(String key) {
        return find(key).orElse(null) instanceof YamlList;
    }

    List<YamlMap> mapList(String key) {
        return items(key).stream().flatMap(item -> asMap(item).stream()).toList();
    }

    private List<YamlNode> items(String key) {
        return switch (find(key).orElse(null)) {
            case null -> List.of();
            case YamlList list -> distinct(list);
            case YamlNode other -> {
                problems.add(other.place(), other.shown() + " is not a list");
                yield List.of();
            }
        };
    }

    private List<YamlNode> distinct(YamlList list) {
        var seen = new HashSet<Optional<Object>>();
        list.items().stream()
                .filter(item -> !seen.add(item.content()))
                .forEach(item -> problems.add(item.place(), "is in the list twice"));
        return list.items();
    }

    private Optional<YamlMap> asMap(YamlNode node) {
        if (node instanceof YamlMap map) {
            map.opened = true;
            return Optional.of(map);
        }
        problems.add(node.place(), node.shown() + " is not a map of keys and values");
        return Optional.empty();
    }

    private <T> T missing(String key, String expected, T standIn) {
        problems.add(place.named(key), "is missing: it must be " + expected);
        return standIn;
    }

    /** A key that has no place here, for a reason worth more than "unknown". */
    void refuse(String key, String because) {
        refused.add(key);
        if (entries.containsKey(key)) {
            problems.add(keyPlace(key), because);
        }
    }

    /** Reports the keys that were not asked for, here and in every map within. To be called when all has been read. */
    void reportUnknown() {
        entries.forEach((key, entry) -> {
            if (asked.contains(key)) {
                reportUnknownWithin(entry.value());
            } else if (!refused.contains(key)) {
                problems.add(entry.key(), "unknown key '" + key + "'" + ProblemHint.of(key, asked));
            }
        });
    }

    private static void reportUnknownWithin(YamlNode node) {
        switch (node) {
            case YamlMap map when map.opened -> map.reportUnknown();
            case YamlMap _ -> {} // stands where something else was expected: told already
            case YamlList list -> list.items().forEach(YamlMap::reportUnknownWithin);
            case YamlScalar _ -> {}
        }
    }

    @Override
    public YamlPlace place() {
        return place;
    }

    @Override
    public Optional<Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        entries.forEach((key, entry) -> content.put(key, entry.value().content()));
        return Optional.of(content);
    }

    @Override
    public String shown() {
        return "a map";
    }
}
