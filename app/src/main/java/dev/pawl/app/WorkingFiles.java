package dev.pawl.app;

import dev.pawl.ci.SourceCode;
import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Count;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of a working copy as they are: those that git knows, or would with 'git add'. Without git, all but Pawl's own.
 *
 * @param commit on which they stand; zeros if there is none
 * @param changed how many files differ from it
 */
record WorkingFiles(Path root, CommitId commit, String branch, int changed, Commands commands) implements SourceCode {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final CommitId NONE = new CommitId("0".repeat(40));
    private static final int MOST_FILES = 50_000;
    private static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;

    private static final String LOOK = """
        git rev-parse --verify -q HEAD > "$ASIDE/commit" || echo > "$ASIDE/commit"
        git symbolic-ref --short -q HEAD > "$ASIDE/branch" || echo > "$ASIDE/branch"
        git status --porcelain -z -- . > "$ASIDE/changed" || :
        """;
    private static final String LIST =
            "git ls-files -z --cached --others --exclude-standard --deduplicate -- . > \"$ASIDE/files\"";

    static WorkingFiles in(Path root, Commands commands) {
        return aside(aside -> {
            ask(commands, root, LOOK, aside);
            String commit = Files.readString(aside.resolve("commit")).strip();
            String branch = Files.readString(aside.resolve("branch")).strip();
            int changed = (int) names(aside.resolve("changed"))
                    .filter(name -> !name.contains(Notebook.FOLDER + "/"))
                    .count();
            return new WorkingFiles(
                    root,
                    commit.isEmpty() ? NONE : new CommitId(commit),
                    branch.isEmpty() ? "working-copy" : branch,
                    changed,
                    commands);
        });
    }

    @Override
    public String name(CommitId of) {
        String changes = changed == 0 ? "" : ", with %s uncommitted".formatted(Count.of(changed, "change"));
        return "the working copy" + (commit.equals(NONE) ? "" : " at commit " + commit) + changes;
    }

    @Override
    public int checkOut(ProjectName project, CommitId of, Path folder) {
        List<Path> files = list();
        if (files.size() > MOST_FILES) {
            throw PawlException.limit(
                    "checkout-too-big",
                    "The working copy has more than %,d files; let .gitignore name those that are not part of it"
                            .formatted(MOST_FILES));
        }
        Folders.make(folder);
        long bytes = 0;
        for (Path file : files) {
            bytes += copy(file, folder.resolve(root.relativize(file).toString()));
            if (bytes > MOST_BYTES) {
                throw PawlException.limit(
                        "checkout-too-big",
                        "The working copy has more than %,d bytes; keep big data out of git and name it in pawl.yaml by an"
                                        .formatted(MOST_BYTES)
                                + " absolute path");
            }
        }
        return files.size();
    }

    private List<Path> list() {
        return aside(aside -> {
            boolean isGit = ask(commands, root, LIST, aside);
            try (Stream<Path> found = isGit ? names(aside.resolve("files")).map(root::resolve) : Files.walk(root)) {
                return found.map(Path::normalize)
                        .filter(file -> !isOwn(root.relativize(file)))
                        .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)) // git knows what was deleted
                        .sorted()
                        .limit(MOST_FILES + 1L)
                        .toList();
            }
        });
    }

    private static boolean isOwn(Path file) {
        return file.startsWith(Notebook.FOLDER) || file.startsWith(".git");
    }

    /** The same is refused of a commit. */
    private long copy(Path file, Path target) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw PawlException.user(
                    "not-checked-out",
                    root.relativize(file) + " is a symbolic link or no file, which is not checked out; commit the file"
                            + " itself");
        }
        try {
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
            return Files.size(target);
        } catch (IOException e) {
            throw Folders.trouble("copy " + file, e);
        }
    }

    private interface Look<T> {
        T at(Path aside) throws IOException, InterruptedException;
    }

    private static <T> T aside(Look<T> look) {
        try {
            Path aside = Files.createTempDirectory("pawl-check");
            try {
                return look.at(aside);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw PawlException.external("interrupted", "Interrupted while asking git", e);
            } finally {
                Folders.delete(aside);
            }
        } catch (IOException e) {
            throw Folders.trouble("ask git for the files of a working copy", e);
        }
    }

    private static boolean ask(Commands commands, Path root, String script, Path aside) throws InterruptedException {
        return commands.run(Commands.Command.shell(
                        script, root, Map.of("ASIDE", aside.toString()), aside.resolve("log"), TIMEOUT))
                .succeeded();
    }

    private static Stream<String> names(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("\0")).filter(name -> !name.isEmpty());
    }
}
