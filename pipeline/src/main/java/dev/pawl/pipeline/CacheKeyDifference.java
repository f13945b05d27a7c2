package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** In what two cache keys differ, in words. */
final class CacheKeyDifference {
    private final JsonNode before;
    private final JsonNode now;
    private final List<String> code;
    private final List<String> differences = new ArrayList<>();

    private CacheKeyDifference(JsonNode before, JsonNode now, List<String> code) {
        this.before = before;
        this.now = now;
        this.code = code;
    }

    /** Where nobody knows in what the files differ. */
    static List<String> between(JsonNode before, JsonNode now) {
        return between(before, now, List.of());
    }

    /**
     * @param before and now as {@link CacheKey} is written
     * @param code in what the files differ, if it is known; it is told if the code does
     */
    static List<String> between(JsonNode before, JsonNode now, List<String> code) {
        return new CacheKeyDifference(before, now, code).all();
    }

    private List<String> all() {
        if (!before.path("schema").equals(now.path("schema"))) {
            differences.add("this version of Pawl makes its keys in another way");
        }
        if (!before.path("code").equals(now.path("code"))) {
            differences.addAll(code.isEmpty() ? List.of(codeItself()) : code);
        }
        command();
        named("parameters", "parameter", false);
        named("inputs", "the content of input", true);
        named("endings", "the ending of input", false);
        named("outputs", "the declared output", false);
        named("secrets", "the version of secret", false);
        return List.copyOf(differences);
    }

    private String codeItself() {
        return "its code changed: " + brief(before.path("code")) + " became " + brief(now.path("code"));
    }

    private void command() {
        Set<String> keys = keys(before.path("command"), now.path("command"));
        for (String key : keys) {
            JsonNode a = before.path("command").path(key);
            JsonNode b = now.path("command").path(key);
            if (!a.equals(b)) {
                differences.add("its " + word(key) + " changed from " + shown(a) + " to " + shown(b));
            }
        }
    }

    private static String word(String key) {
        return switch (key) {
            case "run" -> "command";
            case "files" -> "list of files";
            case "python" -> "Python requirements file";
            case "class_name" -> "class";
            default -> key.replace('_', ' ');
        };
    }

    private void named(String key, String what, boolean content) {
        for (String name : keys(before.path(key), now.path(key))) {
            JsonNode a = before.path(key).path(name);
            JsonNode b = now.path(key).path(name);
            if (a.isMissingNode()) {
                differences.add(what + " '" + name + "' is new" + (content ? "" : ": " + shown(b)));
            } else if (b.isMissingNode()) {
                differences.add(what + " '" + name + "' is gone");
            } else if (!a.equals(b)) {
                differences.add(what + " '" + name + "' changed from " + brief(a) + " to " + brief(b));
            }
        }
    }

    private static Set<String> keys(JsonNode a, JsonNode b) {
        Set<String> keys = new TreeSet<>(a.propertyNames());
        keys.addAll(b.propertyNames());
        return keys;
    }

    private static String brief(JsonNode node) {
        return node.isString() && node.stringValue().startsWith("sha256:")
                ? new Digest(node.stringValue()).brief()
                : shown(node);
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() || node.isNull()
                ? "nothing"
                : node.isString() ? "'" + node.stringValue() + "'" : node.toString();
    }
}
