package dev.pawl.pipeline;

import dev.pawl.definition.Definition.Shell;
import dev.pawl.kernel.PawlException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What of a package a command's code is, and the file that its Python environment is made of. */
record PackageFiles(List<PathMatcher> named) {

    static PackageFiles of(Shell shell) {
        return new PackageFiles(Stream.concat(shell.files().stream(), shell.python().stream())
                .map(PackageFiles::matcher)
                .toList());
    }

    /** A file, all that is in a folder, or what a glob says. */
    private static PathMatcher matcher(String text) {
        Path path = Path.of(text).normalize();
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + path);
        boolean all = path.toString().isEmpty();
        return file -> all || file.startsWith(path) || glob.matches(file);
    }

    boolean have(String path) {
        Path file = Path.of(path);
        return named.stream().anyMatch(matcher -> matcher.matches(file));
    }

    /** A name for nothing is a mistake that would otherwise show late, or not at all. */
    static void requireAll(Shell shell, Collection<String> packaged) {
        for (String name : shell.files()) {
            PathMatcher matcher = matcher(name);
            if (packaged.stream().map(Path::of).noneMatch(matcher::matches)) {
                throw PawlException.user(
                        "missing-file",
                        "pawl.yaml names '%s' under files, which the package does not have; does ci.package name it?"
                                .formatted(name));
            }
        }
    }
}
