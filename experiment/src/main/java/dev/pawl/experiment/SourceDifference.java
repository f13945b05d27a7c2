package dev.pawl.experiment;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between the code of two runs, uncommitted changes included, as git sees it. The user's repository is only read.
 *
 * @param folder the working copy, whose repository has the commits
 */
public record SourceDifference(Path folder, Commands commands, Artifacts artifacts) {
    /** Of a longer patch, only so much is given. */
    public static final int MOST_BYTES = 1024 * 1024;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Each side is its commit with its patch on it, as a tree of objects that are written aside. */
    private static final String COMPARE = """
        export GIT_ALTERNATE_OBJECT_DIRECTORIES="$(git rev-parse --path-format=absolute --git-path objects)"
        export GIT_INDEX_FILE="$ASIDE/index" GIT_OBJECT_DIRECTORY="$ASIDE/objects"
        mkdir "$ASIDE/objects"
        tree() {
          git read-tree "$1" || return 3
          [ ! -s "$2" ] || git apply --cached --whitespace=nowarn "$2" || return 3
          git write-tree
        }
        before=$(tree "$BEFORE" "$ASIDE/before") && after=$(tree "$AFTER" "$ASIDE/after") || exit 3
        git diff --no-color --no-ext-diff "$before" "$after" -- . > "$ASIDE/patch"
        """;

    /**
     * The way from one to the other as a patch; empty text if they are the same.
     *
     * @return empty if git cannot tell: it is not installed, or a commit is not known or not there any more
     */
    public Optional<String> between(SourceState before, SourceState after) throws InterruptedException {
        if (before.commit().isEmpty() || after.commit().isEmpty()) {
            return Optional.empty();
        }
        if (before.equals(after)) {
            return Optional.of("");
        }
        try {
            Path aside = Files.createTempDirectory("pawl-compare");
            try {
                return compare(before, after, aside);
            } finally {
                Folders.delete(aside);
            }
        } catch (IOException e) {
            throw Folders.trouble("compare the code of runs", e);
        }
    }

    private Optional<String> compare(SourceState before, SourceState after, Path aside)
            throws IOException, InterruptedException {
        write(before.changes(), aside.resolve("before"));
        write(after.changes(), aside.resolve("after"));
        Map<String, String> environment = Map.of(
                "ASIDE", aside.toString(),
                "BEFORE", before.commit().orElseThrow().value(),
                "AFTER", after.commit().orElseThrow().value());
        var result = commands.run(Commands.Command.shell(COMPARE, folder, environment, aside.resolve("log"), TIMEOUT));
        return result.succeeded() ? Optional.of(text(aside.resolve("patch"))) : Optional.empty();
    }

    private void write(Optional<Digest> changes, Path file) {
        changes.ifPresent(digest -> artifacts.writeTo(digest, file));
    }

    private static String text(Path patch) throws IOException {
        try (InputStream in = Files.newInputStream(patch)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
