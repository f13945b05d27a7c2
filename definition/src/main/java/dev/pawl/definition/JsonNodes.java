package dev.pawl.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * JSON as if it stood at a place in pawl.yaml, so that it can be read as strictly and with the same words.
 *
 * @param ofItem where a map in a list is to stand
 */
record JsonNodes(Problems problems, Function<Map<?, ?>, YamlPlace> ofItem) {

    YamlMap map(Map<?, ?> json, YamlPlace place) {
        var entries = new LinkedHashMap<String, YamlMap.Entry>();
        json.forEach((key, value) -> {
            var at = place.named(String.valueOf(key));
            entries.put(String.valueOf(key), new YamlMap.Entry(at, node(value, at)));
        });
        return new YamlMap(place, entries, problems);
    }

    private YamlNode node(Object value, YamlPlace place) {
        return switch (value) {
            case null -> new YamlScalar(place, "", YamlScalar.Type.NOTHING);
            case Map<?, ?> map -> map(map, place);
            case List<?> list ->
                new YamlList(place, list.stream().map(item -> item(item, place)).toList());
            case Number number -> new YamlScalar(place, number.toString(), YamlScalar.Type.NUMBER);
            case Boolean truth -> new YamlScalar(place, truth.toString(), YamlScalar.Type.TRUTH);
            default -> new YamlScalar(place, value.toString(), YamlScalar.Type.TEXT);
        };
    }

    private YamlNode item(Object item, YamlPlace place) {
        return item instanceof Map<?, ?> map ? map(map, ofItem.apply(map)) : node(item, place);
    }
}
