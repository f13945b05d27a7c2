package dev.pawl.experiment;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The folder that an experiment runs from, and what git knows of it. */
final class WorkingCopy {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /**
     * An index and an object folder aside, so that looking at uncommitted work never touches the user's own. Pawl's folder is
     * ignored by a list of ours with the user's own in it: a pathspec that excludes it fails where the project ignores it, too.
     */
    private static final String LOOK = """
        git rev-parse --verify -q HEAD > "$ASIDE/commit" || exit 3
        export GIT_ALTERNATE_OBJECT_DIRECTORIES="$(git rev-parse --path-format=absolute --git-path objects)"
        export GIT_INDEX_FILE="$ASIDE/index" GIT_OBJECT_DIRECTORY="$ASIDE/objects"
        ignored=$(git config --type=path core.excludesFile || echo "${XDG_CONFIG_HOME:-$HOME/.config}/git/ignore")
        { cat "$ignored" 2>/dev/null; echo; echo .pawl; } > "$ASIDE/ignored"
        mkdir "$ASIDE/objects" && git read-tree HEAD && git -c core.excludesFile="$ASIDE/ignored" add -A -- . \\
          && git diff --cached --binary HEAD -- . > "$ASIDE/changes"
        """;

    private final Path folder;
    private final Commands commands;

    WorkingCopy(Path folder, Commands commands) {
        this.folder = folder;
        this.commands = commands;
    }

    /** Keeps the uncommitted changes as an artifact. */
    SourceState state(Artifacts artifacts) throws InterruptedException {
        try {
            Path aside = Files.createTempDirectory("pawl-source");
            try {
                return look(aside, artifacts);
            } finally {
                commands.run(Commands.Command.shell(
                        "rm -rf \"$ASIDE\"", folder, Map.of("ASIDE", aside.toString()), aside.resolve("log"), TIMEOUT));
            }
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot look at the state of " + folder + ": " + e, e);
        }
    }

    private SourceState look(Path aside, Artifacts artifacts) throws IOException, InterruptedException {
        var result = commands.run(
                Commands.Command.shell(LOOK, folder, Map.of("ASIDE", aside.toString()), aside.resolve("log"), TIMEOUT));
        if (!result.succeeded()) {
            return SourceState.UNKNOWN;
        }
        CommitId commit = new CommitId(Files.readString(aside.resolve("commit")).strip());
        Path changes = aside.resolve("changes");
        Optional<Digest> kept = Files.size(changes) == 0 ? Optional.empty() : Optional.of(artifacts.put(changes));
        return new SourceState(Optional.of(commit), kept);
    }

    /** Runs the project's own build command. */
    void build(String command, Duration timeout, Path log) throws InterruptedException {
        var result = commands.run(Commands.Command.shell(command, folder, Map.of(), log, timeout));
        if (!result.succeeded()) {
            throw PawlException.user(
                    "build-failed",
                    "The build '%s' %s:%n%s".formatted(command, howItEnded(result, timeout), result.tail()));
        }
    }

    private static String howItEnded(Commands.Result result, Duration timeout) {
        return result.timedOut()
                ? "was not done within " + timeout.toSeconds() + " s"
                : "failed with exit code " + result.exit();
    }
}
