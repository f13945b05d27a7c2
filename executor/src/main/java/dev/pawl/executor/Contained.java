package dev.pawl.executor;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Program.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs in a container: a step, or a command that is none.
 *
 * @param line the program with its arguments
 * @param work where it runs; it does as whoever owns that, so that what it writes is the server's
 * @param folders that it may write to, at the paths that they have here
 * @param readOnly what else it sees
 * @param secrets values of further variables, by name
 */
record Contained(
        Image image,
        List<String> line,
        Path work,
        List<Path> folders,
        Optional<Path> readOnly,
        Map<String, String> variables,
        Map<String, String> secrets,
        Limits limits,
        Path log) {
    static Contained of(Execution execution, CommandLine line) {
        Map<String, String> variables = ProcessExecutor.contract(execution);
        variables.put("HOME", execution.work().toString());
        variables.putAll(execution.environment());
        return new Contained(
                line.image().orElseThrow(),
                List.of("sh", "-c", line.script()),
                execution.work(),
                List.of(execution.folder()),
                Optional.ofNullable(execution.environment().get("PAWL_PACKAGE")).map(Path::of),
                variables,
                execution.secrets(),
                execution.limits(),
                execution.log());
    }

    static Contained of(Command command, CommandContainer container) {
        return new Contained(
                container.image(),
                command.line(),
                command.folder(),
                container.folders(),
                Optional.empty(),
                command.environment(),
                Map.of(),
                new Limits(command.timeout(), container.memoryBytes(), 0, 0, Optional.empty()),
                command.log());
    }

    /** Not to be printed by accident. */
    @Override
    public String toString() {
        return "a container of " + image.reference() + " in " + work;
    }
}
