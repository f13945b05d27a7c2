package dev.pawl.app;

import dev.pawl.kernel.Json;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The command line in this JVM, in one project's folder. */
record PawlCommand(Path project) {
    /** Runs it, expects this exit code and returns all that it printed. */
    String exits(int code, String command, String... arguments) {
        return Typed.pawl(
                code,
                Stream.concat(Stream.of(command, "--project", project.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    String prints(String command, String... arguments) {
        return exits(0, command, arguments);
    }

    JsonNode json(String command, String... arguments) {
        return Json.tree(prints(
                command,
                Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new)));
    }

    /** Runs the pipeline and returns the run's id. */
    String run(String... arguments) {
        return json("run", arguments).path("run").stringValue();
    }
}
