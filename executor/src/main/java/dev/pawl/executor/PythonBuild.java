package dev.pawl.executor;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.PawlException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Builds Python environments, in processes that are found again when the server died meanwhile. */
final class PythonBuild {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** The machine's own settings of where packages come from. */
    private static final Pattern MACHINE_SETTINGS = Pattern.compile(
            "(PIP_|UV_|POETRY_).*|(https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NETWORK_TROUBLE = Pattern.compile(
            "connection (broken|refused|reset)|NewConnectionError|ConnectTimeout|ReadTimeout|timed out|name resolution"
                    + "|network is unreachable|failed to fetch|No space left on device",
            Pattern.CASE_INSENSITIVE);

    private final Commands commands;

    PythonBuild(Commands commands) {
        this.commands = commands;
    }

    /** @param builder the file that tells who builds while it is there */
    void run(PythonRecipe recipe, Path venv, Path builder, StepLog log) throws InterruptedException {
        log.say("making the Python environment of " + recipe.file().getFileName() + " in " + venv);
        Folders.delete(venv);
        try {
            for (List<String> line : recipe.lines(venv)) {
                run(recipe, line, variables(venv), builder, log);
            }
        } finally {
            delete(builder);
        }
    }

    /** Ends the builder that the file tells of, if it still builds. */
    void endLeftover(Path builder) {
        read(builder).ifPresent(commands::kill);
        delete(builder);
    }

    private void run(PythonRecipe recipe, List<String> line, Map<String, String> variables, Path builder, StepLog log)
            throws InterruptedException {
        Path folder = recipe.file().resolveSibling("");
        Command command = new Command(line, folder, variables, builder, LONGEST);
        Result result = commands.run(command, log, started -> write(builder, started));
        if (!result.succeeded()) {
            throw failed(recipe, line, result);
        }
    }

    private Map<String, String> variables(Path venv) {
        Map<String, String> variables = new TreeMap<>(System.getenv());
        variables.keySet().removeIf(name -> !MACHINE_SETTINGS.matcher(name).matches());
        variables.putAll(PythonRecipe.variables(venv));
        variables.put("PATH", venv.resolve("bin") + File.pathSeparator + commands.path());
        return variables;
    }

    private static PawlException failed(PythonRecipe recipe, List<String> line, Result result) {
        String text = "The Python environment of %s could not be made: '%s' %s.%n%s"
                .formatted(
                        recipe.file().getFileName(),
                        String.join(" ", line),
                        result.timedOut() ? "took longer than " + LONGEST : "ended with exit code " + result.exit(),
                        result.tail());
        return result.timedOut() || NETWORK_TROUBLE.matcher(result.tail()).find()
                ? PawlException.external("no-python-environment", text, new IOException(text))
                : PawlException.user("no-python-environment", text);
    }

    private static void write(Path builder, Started started) {
        try {
            Files.writeString(builder, started.pid() + " " + started.at());
        } catch (IOException e) {
            throw Folders.trouble("write " + builder, e);
        }
    }

    private static Optional<Started> read(Path builder) {
        try {
            String[] words = Files.readString(builder).split(" ");
            return Optional.of(new Started(Long.parseLong(words[0]), Instant.parse(words[1])));
        } catch (IOException | RuntimeException _) {
            return Optional.empty(); // it was being written, so nothing had begun
        }
    }

    private static void delete(Path builder) {
        try {
            Files.deleteIfExists(builder);
        } catch (IOException e) {
            throw Folders.trouble("delete " + builder, e);
        }
    }
}
