package dev.pawl.definition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Ways to break the good examples, and what is then said: blocks of the files *.breaks. */
final class YamlBreaks {
    private static final String SCHEMA_ACCEPTS = "schema accepts";

    /**
     * One change of a good file.
     *
     * @param seenBySchema whether the JSON Schema sees it too: it is in the structure, not in references or files
     */
    record Break(String what, String with, boolean seenBySchema, List<String> problems) {
        boolean isIn(String good) {
            return good.contains(what);
        }

        String in(String good) {
            if (!isIn(good)) {
                throw new IllegalArgumentException("the good file has no: " + what);
            }
            return good.replace(what, with);
        }

        @Override
        public String toString() {
            return what + " -> " + with;
        }
    }

    /** Text that is not even YAML of the kind we take, and part of the answer. */
    record Text(String name, String yaml, String problem) {
        @Override
        public String toString() {
            return name;
        }
    }

    private YamlBreaks() {}

    static List<Break> ofClass() {
        return read("class.breaks");
    }

    static List<Break> ofCommands() {
        return read("commands.breaks");
    }

    /** Of pawl.yaml with every feature of commands. */
    static List<Break> ofEverything() {
        return read("every.breaks");
    }

    /** Of a pipeline class and its pawl.yaml, seen when they are compiled together. */
    static List<Break> ofDescription() {
        return read("described.breaks");
    }

    private static List<Break> read(String name) {
        return Arrays.stream(YamlExamples.text(name).split("\n\n+"))
                .filter(block -> !block.startsWith("#"))
                .map(YamlBreaks::block)
                .toList();
    }

    private static Break block(String block) {
        var problems = new ArrayList<>(block.lines()
                .filter(line -> !line.startsWith("-") && !line.startsWith("+"))
                .toList());
        boolean seenBySchema = !problems.remove(SCHEMA_ACCEPTS);
        return new Break(side(block, "-"), side(block, "+"), seenBySchema, problems);
    }

    private static String side(String block, String sign) {
        return block.lines()
                .filter(line -> line.startsWith(sign))
                .map(line -> line.substring(Math.min(2, line.length())))
                .collect(Collectors.joining("\n"));
    }

    static List<Text> notYaml() {
        String bomb = """
            a: &a [x, x, x, x, x, x, x, x, x, x]
            b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
            c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
            d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
            e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
            """;
        return List.of(
                new Text("empty", "", "pawl.yaml:1:1: is not a map"),
                new Text("a list", "- project\n", "pawl.yaml:1:1: is not a map"),
                new Text("a tab", "project: births\npipeline:\n\tclass: A\n", "pawl.yaml:3:1: is not YAML: found"),
                new Text("an open bracket", "project: [births\n", "pawl.yaml:2:1: is not YAML: expected ',' or ']'"),
                new Text("two documents", "project: a\n---\nproject: b\n", "pawl.yaml:2:1: is not YAML"),
                new Text("an unknown alias", "project: *a\n", "pawl.yaml:1:10: is not YAML: found undefined alias a"),
                new Text("a character", "project: a\u0001\n", "pawl.yaml:1:1: is not YAML"),
                new Text(
                        "a double",
                        "project: a\nproject: b\n",
                        "pawl.yaml:2:1: project: is there twice; first in line 1"),
                new Text("a key", "[a]: b\n", "pawl.yaml:1:1: has a key that is not text"),
                new Text("a tag", "project: !ruby x\n", "pawl.yaml:1:10: project: has the tag"),
                new Text("depth", "a: " + "[".repeat(100_000), "pawl.yaml:1:33: is nested deeper than 30 levels"),
                new Text("a ring", "a: &a { b: *a }\n", " is nested deeper than 30 levels, or within itself"),
                new Text("a bomb", bomb, "has more than 50000 values, aliases written out"));
    }
}
