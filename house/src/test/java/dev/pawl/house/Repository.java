package dev.pawl.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The source tree under test: what git knows of it, and what is new and not ignored.
final class Repository {
    private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");

    /// Surefire runs in the module's folder.
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Repository() {}

    /// Files below the root that a commit could hold, in the order of their names.
    static List<Path> files() {
        // A checkout may belong to somebody else than the one who builds, as in a container.
        Shell.Result names = new Shell(ROOT, Map.of())
                .run("git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        if (names.exit() != 0) {
            throw new IllegalStateException("the rules need a git checkout: " + names.err());
        }
        return Arrays.stream(names.out().split("\0"))
                .sorted()
                .distinct()
                .map(ROOT::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    static List<Path> files(String suffix) {
        return files().stream().filter(file -> file.toString().endsWith(suffix)).toList();
    }

    static List<String> modules() {
        return MODULE.matcher(read(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// The path as a reader would write it, from the root.
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    /// Bytes as characters where a file is no text: searching works on any file.
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
