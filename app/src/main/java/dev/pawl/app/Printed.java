package dev.pawl.app;

import dev.pawl.kernel.Json;
import java.io.PrintWriter;
import java.util.Arrays;
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

    void json(Object value) {
        line(Json.pretty(value));
    }

    private static String text(Object part) {
        return part instanceof JsonNode node ? node.asString(node.toString()) : String.valueOf(part);
    }
}
