package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.DataSource;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.PawlYaml;
import dev.pawl.kernel.PawlException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a package a command's code is: the files that it names and the one that its Python environment is made of. One that names none
 * has all but pawl.yaml and the sources of data, which reach it as command, parameters and inputs.
 */
record PackageFiles(Predicate<Path> which) {

    static PackageFiles of(Shell shell, Definition definition) {
        if (shell.files().isEmpty()) {
            Set<Path> others = Stream.concat(
                            Stream.of(PawlYaml.FILE),
                            definition.data().values().stream().map(DataSource::path))
                    .map(path -> Path.of(path).normalize())
                    .collect(Collectors.toSet());
            return new PackageFiles(file -> !others.contains(file));
        }
        List<PathMatcher> named = Stream.concat(shell.files().stream(), shell.python().stream())
                .map(PackageFiles::matcher)
                .toList();
        return new PackageFiles(file -> named.stream().anyMatch(matcher -> matcher.matches(file)));
    }

    /** A file, all that is in a folder, or what a glob says. */
    private static PathMatcher matcher(String text) {
        Path path = Path.of(text).normalize();
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + path);
        boolean all = path.toString().isEmpty();
        return file -> all || file.startsWith(path) || glob.matches(file);
    }

    boolean have(String path) {
        return which.test(Path.of(path));
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
