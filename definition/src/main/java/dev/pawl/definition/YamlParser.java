package dev.pawl.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns YAML 1.2 into nodes that know their places. Aliases are copies, as if written out, within the bounds here. */
final class YamlParser {
    private static final int DEEPEST = 30;
    private static final int MOST_NODES = 50_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel(PawlYaml.FILE)
            .setUseMarks(true)
            .setAllowNonScalarKeys(true)
            .build();

    /** Ends the parsing where a bound is reached, which is reported by then. */
    private static final class BoundReached extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Problems problems;
    private int nodes;

    private YamlParser(Problems problems) {
        this.problems = problems;
    }

    /** The map that the text is; empty if it is none, which is reported. */
    static Optional<YamlMap> parse(String text, Problems problems) {
        try {
            return new YamlParser(problems).root(text);
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            problems.add(
                    at("", mark),
                    "is not YAML: " + e.getProblem() + " " + (e.getContext() == null ? "" : e.getContext()));
        } catch (YamlEngineException e) {
            problems.add(YamlPlace.START, "is not YAML: " + e.getMessage());
        } catch (BoundReached _) {
            // reported where it was found
        }
        return Optional.empty();
    }

    private Optional<YamlMap> root(String text) {
        boundDepth(text);
        var root = new Compose(SETTINGS).composeString(text).map(node -> node(node, YamlPlace.START, 0));
        if (root.orElse(null) instanceof YamlMap map) {
            return Optional.of(map);
        }
        problems.add(YamlPlace.START, "is not a map of keys and values, such as 'project: births'");
        return Optional.empty();
    }

    /** Composing recurses, so the depth is bounded before. */
    private void boundDepth(String text) {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            bound(depth <= DEEPEST, at("", event.getStartMark()), "is nested deeper than " + DEEPEST + " levels");
        }
    }

    private void bound(boolean kept, YamlPlace place, String otherwise) {
        if (!kept) {
            problems.add(place, otherwise);
            throw new BoundReached();
        }
    }

    private YamlNode node(Node node, YamlPlace place, int depth) {
        bound(depth <= DEEPEST, place, "is nested deeper than " + DEEPEST + " levels, or within itself");
        bound(++nodes <= MOST_NODES, place, "has more than " + MOST_NODES + " values, aliases written out");
        return switch (node) {
            case MappingNode map -> new YamlMap(place, entries(map, place, depth), problems);
            case SequenceNode list -> list(list, place, depth);
            case ScalarNode scalar -> scalar(scalar, place);
            default -> throw new IllegalStateException("a composed document has no " + node.getNodeType());
        };
    }

    private SequencedMap<String, YamlMap.Entry> entries(MappingNode map, YamlPlace place, int depth) {
        var entries = new LinkedHashMap<String, YamlMap.Entry>();
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                entry(entries, key, tuple.getValueNode(), place, depth);
            } else {
                problems.add(at(place.path(), tuple.getKeyNode().getStartMark()), "has a key that is not text");
            }
        }
        return Collections.unmodifiableSequencedMap(entries);
    }

    private void entry(
            SequencedMap<String, YamlMap.Entry> entries, ScalarNode key, Node value, YamlPlace place, int depth) {
        var keyPlace = at(place.pathOf(key.getValue()), key.getStartMark());
        var valuePlace = value instanceof ScalarNode ? at(keyPlace.path(), value.getStartMark()) : keyPlace;
        var entry = new YamlMap.Entry(keyPlace, node(value, valuePlace, depth + 1));
        var first = entries.putIfAbsent(key.getValue(), entry);
        if (first != null) {
            problems.add(
                    keyPlace, "is there twice; first in line " + first.key().line());
        }
    }

    private YamlList list(SequenceNode list, YamlPlace place, int depth) {
        var items = list.getValue();
        return new YamlList(
                place,
                IntStream.range(0, items.size())
                        .mapToObj(i -> node(
                                items.get(i),
                                at(place.path() + "[" + i + "]", items.get(i).getStartMark()),
                                depth + 1))
                        .toList());
    }

    private YamlScalar scalar(ScalarNode scalar, YamlPlace place) {
        var tag = scalar.getTag();
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return new YamlScalar(place, scalar.getValue(), YamlScalar.Type.NUMBER);
        } else if (tag.equals(Tag.BOOL)) {
            return new YamlScalar(place, scalar.getValue(), YamlScalar.Type.TRUTH);
        } else if (tag.equals(Tag.NULL)) {
            return new YamlScalar(place, scalar.getValue(), YamlScalar.Type.NOTHING);
        }
        if (!tag.equals(Tag.STR)) {
            problems.add(place, "has the tag " + tag + "; tags are not used here");
        }
        return new YamlScalar(place, scalar.getValue(), YamlScalar.Type.TEXT);
    }

    private static YamlPlace at(String path, Optional<Mark> mark) {
        return mark.map(found -> new YamlPlace(path, found.getLine() + 1, found.getColumn() + 1))
                .orElseGet(() -> new YamlPlace(path, 1, 1));
    }
}
