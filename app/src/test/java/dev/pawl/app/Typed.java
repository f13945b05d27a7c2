package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Commands as somebody types them, in this JVM. */
final class Typed {
    private Typed() {}

    /** Returns all that was printed. */
    static String pawl(int exit, String... arguments) {
        StringWriter output = new StringWriter();
        CommandLine pawl = Pawl.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(output));
        assertThat(pawl.execute(arguments)).as(output.toString()).isEqualTo(exit);
        return output.toString();
    }

    /** The same with {@code --json}. */
    static JsonNode json(int exit, String... arguments) {
        return Json.tree(pawl(
                exit,
                Stream.of(Stream.of(arguments), Stream.of("--json"))
                        .flatMap(parts -> parts)
                        .toArray(String[]::new)));
    }
}
