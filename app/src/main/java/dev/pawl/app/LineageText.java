package dev.pawl.app;

import dev.pawl.kernel.Count;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Lineage as a tree for people to read. */
final class LineageText {
    private static final String INDENT = "   ";

    private final List<String> lines = new ArrayList<>();

    private LineageText() {}

    static List<String> of(JsonNode lineage) {
        LineageText text = new LineageText();
        text.lines.add(lineage.path("of").asString() + registered(lineage.path("registered")));
        text.way("made by", "read", lineage.path("back"), lineage.at("/left_off/back"));
        text.way("used by", "gave", lineage.path("forth"), lineage.at("/left_off/forth"));
        return text.lines;
    }

    private void way(String title, String verb, JsonNode stops, JsonNode leftOff) {
        lines.add(title + (stops.isEmpty() ? ": nothing that a step did" : ""));
        stops.forEach(stop -> stop(verb, stop));
        if (leftOff.asInt(0) > 0) {
            lines.add("and " + Count.of(leftOff.asInt(), "more step") + "; --depth and --most show more");
        }
    }

    private void stop(String verb, JsonNode stop) {
        String indent = INDENT.repeat(stop.path("depth").asInt());
        JsonNode step = stop.path("step");
        String item = step.path("item").isNumber() ? "[" + step.path("item").asInt() + "]" : "";
        lines.add("%s└─ %s%s of %s, %s"
                .formatted(
                        indent,
                        step.path("step").asString(),
                        item,
                        brief(step.path("run").asString()),
                        state(step)));
        String below = indent + INDENT;
        detail(below, stop.path("name").asString(), brief(stop.path("artifact")));
        detail(below, "code", code(step));
        detail(below, "as of", step.path("as_of").asString());
        machine(below, step);
        if (!step.path("parameters").isEmpty()) {
            detail(below, "parameters", parameters(step.path("parameters")));
        }
        stop.path("others")
                .forEach(other -> detail(
                        below,
                        verb,
                        "%s %s%s%s"
                                .formatted(
                                        other.path("name").asString(),
                                        brief(other.path("artifact")),
                                        other.path("source").isString()
                                                ? " (data '"
                                                        + other.path("source").asString() + "')"
                                                : "",
                                        registered(other.path("registered")))));
    }

    private void detail(String indent, String name, String value) {
        lines.add("%s%-10s %s".formatted(indent, name, value));
    }

    private void machine(String indent, JsonNode step) {
        JsonNode machine = step.path("machine");
        if (machine.isObject()) {
            detail(
                    indent,
                    "ran",
                    "%s, %s on %s (%s, JDK %s)"
                            .formatted(
                                    took(step),
                                    machine.path("executor").asString(),
                                    machine.path("host").asString(),
                                    machine.path("system").asString(),
                                    machine.path("jdk").asString()));
        }
    }

    private static String took(JsonNode step) {
        if (!step.path("started_at").isString() || !step.path("ended_at").isString()) {
            return "not to its end";
        }
        Instant from = Instant.parse(step.path("started_at").stringValue());
        Instant to = Instant.parse(step.path("ended_at").stringValue());
        return "%s, for %.1f s".formatted(from, Duration.between(from, to).toMillis() / 1e3);
    }

    private static String state(JsonNode step) {
        String state = step.path("state").asString().toLowerCase(Locale.ROOT);
        if (step.path("cached_from").isString()) {
            return state + " from " + brief(step.path("cached_from").asString());
        }
        return step.path("items").isNumber()
                ? state + ", " + Count.of(step.path("items").asInt(), "item")
                : state;
    }

    private static String code(JsonNode step) {
        JsonNode source = step.path("source");
        String commit = source.isObject() ? "commit " + source.path("commit").asString() : "no commit";
        String changes = source.path("changes").isString() ? " with changes " + brief(source.path("changes")) : "";
        return commit + changes + ", package " + brief(step.path("package_digest"));
    }

    private static String parameters(JsonNode parameters) {
        return parameters.properties().stream()
                .map(it -> it.getKey() + " = " + it.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String registered(JsonNode versions) {
        return versions.isEmpty()
                ? ""
                : versions.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ", ", model ", ""));
    }

    private static String brief(String run) {
        return new RunId(run).brief();
    }

    private static String brief(JsonNode digest) {
        return new Digest(digest.asString()).brief();
    }
}
