package dev.pawl.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The real git command in a folder, with nobody's settings. */
record Git(Path folder) {
    private static final Map<String, String> NOBODY = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "Ada",
            "GIT_AUTHOR_EMAIL", "ada@example.org",
            "GIT_COMMITTER_NAME", "Ada",
            "GIT_COMMITTER_EMAIL", "ada@example.org");

    /** A new repository in an existing folder. */
    static Git init(Path folder) {
        requireInstalled();
        Git git = new Git(folder);
        git.run("init", "-q", "-b", "main");
        return git;
    }

    /** Another working copy of what is committed. */
    Git cloneTo(Path other) {
        run("clone", "-q", folder.toString(), other.toString());
        return new Git(other);
    }

    /** Commits all files and returns the commit. */
    String commit() {
        run("add", "-A");
        run("commit", "-q", "-m", "work");
        return run("rev-parse", "HEAD").strip();
    }

    String status() {
        return run("status", "--porcelain");
    }

    /** Runs it, expects success and returns the output. */
    String run(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(NOBODY);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("git " + List.of(arguments) + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void requireInstalled() {
        if (System.getenv("PAWL_CI") == null) {
            Assumptions.assumeTrue(isInstalled(), "skipped: git is missing, install it so: apt-get install git");
        }
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
