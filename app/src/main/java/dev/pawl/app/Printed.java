package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What commands print: rows with a name, or JSON. */
final class Printed {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    boolean asJson() {
        return json;
    }

    PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    /** Exactly this, without a line break of its own. */
    void raw(String text) {
        out().print(text);
        out().flush();
    }

    void line(String text) {
        PrintWriter out = out();
        out.println(text);
        out.flush();
    }

    /** What is said beside the result: it goes where errors go, so that a program reads the result alone. */
    void remark(String text) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("pawl: " + text);
        err.flush();
    }

    void row(String name, Object... parts) {
        line("%-11s %s".formatted(name, Arrays.stream(parts).map(Printed::text).collect(Collectors.joining())));
    }

    /**
     * A list, as JSON or in lines.
     *
     * @param nothing says, where there is no line, what to do about it
     */
    void list(Object asJson, List<String> lines, String nothing) {
        if (json) {
            json(asJson);
        } else if (lines.isEmpty()) {
            remark(nothing);
        } else {
            lines.forEach(this::line);
        }
    }

    void json(Object value) {
        line(Json.pretty(value));
    }

    /** As people read it: a run's id is short. */
    private static String text(Object part) {
        return switch (part) {
            case JsonNode node -> node.asString(node.toString());
            case RunId run -> run.brief();
            default -> part.toString();
        };
    }
}
