package dev.pawl.ci;

import dev.pawl.kernel.Json;
import dev.pawl.sdk.HostileKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * JSON with something hostile in the place of one of its numbers or texts.
 *
 * @param words what, and where
 */
record HostileJson(HostileKind kind, String words, JsonNode root, JsonPointer at, Optional<JsonNode> value) {
    /** So many numbers, and so many texts, are replaced: the first ones. */
    private static final int MOST_PLACES = 10;

    private static final int LONG = 100_000;

    private static final List<Map.Entry<HostileKind, Double>> NUMBERS = List.of(
            Map.entry(HostileKind.ZERO, 0.0),
            Map.entry(HostileKind.DENORMAL, Double.MIN_VALUE),
            Map.entry(HostileKind.TINY, 1e-30),
            Map.entry(HostileKind.HUGE, 1e30),
            Map.entry(HostileKind.HUGE_NEGATIVE, -1e30));

    static List<HostileJson> of(String text) {
        JsonNode root = Json.tree(text);
        List<JsonPointer> numbers = new ArrayList<>();
        List<JsonPointer> texts = new ArrayList<>();
        find(root, JsonPointer.empty(), numbers, texts);
        List<HostileJson> all = new ArrayList<>();
        numbers.forEach(place -> {
            NUMBERS.forEach(number -> all.add(with(
                    root,
                    place,
                    number.getKey(),
                    String.valueOf(number.getValue()),
                    Optional.of(DoubleNode.valueOf(number.getValue())))));
            all.add(with(root, place, HostileKind.MISSING, "nothing", Optional.empty()));
        });
        texts.forEach(place -> {
            all.add(with(
                    root,
                    place,
                    HostileKind.UNSEEN_CATEGORY,
                    "a text that was never seen",
                    Optional.of(StringNode.valueOf("never-seen"))));
            all.add(with(
                    root,
                    place,
                    HostileKind.LONG_TEXT,
                    HostileKind.LONG_TEXT.words(),
                    Optional.of(StringNode.valueOf("x".repeat(LONG)))));
        });
        return all;
    }

    /** Made when it is wanted: the original may be long. What is missing in an object has no key, elsewhere it is null. */
    String json() {
        JsonNode copy = root.deepCopy();
        JsonNode instead = value.orElse(NullNode.getInstance());
        switch (at.length() == 0 ? NullNode.getInstance() : copy.at(at.head())) {
            case ObjectNode object
            when value.isEmpty() -> object.remove(at.last().getMatchingProperty());
            case ObjectNode object -> object.set(at.last().getMatchingProperty(), instead);
            case ArrayNode array -> array.set(at.last().getMatchingIndex(), instead);
            case JsonNode _ -> copy = instead; // it is the value itself
        }
        return Json.write(copy);
    }

    private static void find(JsonNode node, JsonPointer at, List<JsonPointer> numbers, List<JsonPointer> texts) {
        if (node.isNumber()) {
            addFirst(numbers, at);
        } else if (node.isString()) {
            addFirst(texts, at);
        } else if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(property ->
                            find(property.getValue(), at.appendProperty(property.getKey()), numbers, texts));
        } else {
            for (int i = 0; i < node.size(); i++) {
                find(node.get(i), at.appendIndex(i), numbers, texts);
            }
        }
    }

    private static void addFirst(List<JsonPointer> places, JsonPointer at) {
        if (places.size() < MOST_PLACES) {
            places.add(at);
        }
    }

    private static HostileJson with(
            JsonNode root, JsonPointer at, HostileKind kind, String what, Optional<JsonNode> value) {
        return new HostileJson(kind, at.length() == 0 ? what : what + " at " + at, root, at, value);
    }
}
