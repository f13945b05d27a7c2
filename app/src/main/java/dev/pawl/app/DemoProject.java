package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A working copy of the births example in a repository of its own, as its author has it. */
final class DemoProject {
    private static final Duration BUILD = Duration.ofMinutes(10);
    private static final Duration GIT = Duration.ofMinutes(2);

    /** Folders that builds, tests and runs make. */
    private static final Set<String> MADE = Set.of("target", ".pawl", ".venv", "__pycache__");

    private final Path folder;
    private final Commands commands;

    private DemoProject(Path folder, Commands commands) {
        this.folder = folder;
        this.commands = commands;
    }

    static DemoProject copyOf(Path example, Path folder, Commands commands) throws IOException, InterruptedException {
        try (Stream<Path> walk = Files.walk(example)) {
            for (Path file : walk.filter(Files::isRegularFile)
                    .filter(DemoProject::isSource)
                    .toList()) {
                Path copy = folder.resolve(example.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy);
            }
        }
        DemoProject project = new DemoProject(folder, commands);
        project.shell("git init", "git init -q -b main && git add -A && " + DemoProject.COMMIT, GIT);
        return project;
    }

    private static final String COMMIT =
            "git -c user.name=Author -c user.email=author@example.org commit -q -m 'Forecast births'";

    Path folder() {
        return folder;
    }

    /** Builds what the author runs on a laptop: the jar with the pipeline and the application that asks for forecasts. */
    void build(String command) throws InterruptedException {
        shell("the build", command, BUILD);
    }

    void push(String project, String server) throws InterruptedException {
        shell("git push", "git push -q " + server + "git/" + project + ".git main", GIT);
    }

    private void shell(String what, String script, Duration timeout) throws InterruptedException {
        Path log = folder.resolveSibling("project.log");
        var result = commands.run(Commands.Command.shell(script, folder, Map.of(), log, timeout));
        if (!result.succeeded()) {
            throw PawlException.external(
                    "demo-project", what + " failed in " + folder + ":\n" + result.tail(), new IOException(what));
        }
    }

    private static boolean isSource(Path file) {
        return StreamSupport.stream(file.spliterator(), false).noneMatch(part -> MADE.contains(part.toString()));
    }
}
