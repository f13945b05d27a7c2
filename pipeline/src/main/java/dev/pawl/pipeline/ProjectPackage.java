package dev.pawl.pipeline;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of a built working copy a run needs: pawl.yaml, what {@code ci.package} names, and data with a relative path. The
 * same for an experiment on a laptop as for a package from CI, so that both run the same thing. What programs leave behind in these
 * folders is not part of it.
 */
public final class ProjectPackage {
    /** Python's compiled modules, which no two machines make alike, and what git and Pawl keep in a working copy. */
    private static final Set<String> LEFT_OUT = Set.of("__pycache__", ".git", ".pawl");

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private ProjectPackage() {}

    /** Keeps it as one folder; equal content has an equal digest, whoever built it. */
    public static Digest keep(Artifacts artifacts, Path repository, Definition definition) {
        Stream<String> data = definition.data().values().stream().map(Definition.DataSource::path);
        List<Path> members = Stream.of(
                        Stream.of(PawlYaml.FILE),
                        definition.ci().packaged().stream(),
                        data.filter(path -> !Path.of(path).isAbsolute()))
                .flatMap(paths -> paths)
                .flatMap(path -> members(repository, path).stream())
                .flatMap(member -> files(member).stream())
                .toList();
        List<String> packaged = members.stream()
                .map(file -> repository.normalize().relativize(file).toString())
                .toList();
        definition.steps().stream()
                .map(Definition.Step::command)
                .filter(Definition.Shell.class::isInstance)
                .forEach(command -> PackageFiles.requireAll((Definition.Shell) command, packaged));
        return artifacts.put(repository, members);
    }

    /** Links among them are refused by who keeps them. */
    private static List<Path> files(Path member) {
        try (Stream<Path> walk = Files.walk(member)) {
            return walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !isLeftOut(member.relativize(file)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw Folders.trouble("read " + member, e);
        }
    }

    private static boolean isLeftOut(Path file) {
        return file.toString().endsWith(".pyc")
                || Stream.iterate(file, Objects::nonNull, Path::getParent)
                        .map(Path::getFileName)
                        .anyMatch(name -> LEFT_OUT.contains(name.toString()));
    }

    /** The jars of a Java pipeline, as {@code ci.package} names them; a step finds the same ones in the package. */
    public static List<Path> classPath(Path repository, CiPlan ci) {
        return ci.packaged().stream()
                .flatMap(path -> members(repository, path).stream())
                .flatMap(member -> Folders.files(member).stream())
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
    }

    /** A file, a folder, or all files that a glob names, as the version in the name of a wheel or jar may not be known. */
    private static List<Path> members(Path repository, String path) {
        if (!GLOB.matcher(path).find() || Files.exists(repository.resolve(path))) {
            return List.of(member(repository, path));
        }
        PathMatcher matcher =
                FileSystems.getDefault().getPathMatcher("glob:" + Path.of(path).normalize());
        Path root = fixedFolder(repository.normalize(), path);
        List<Path> found = Files.isDirectory(root) && !leadsAway(repository, root)
                ? files(root).stream()
                        .filter(file -> matcher.matches(repository.normalize().relativize(file)))
                        .sorted()
                        .toList()
                : List.of();
        return found.isEmpty() ? List.of(member(repository, path)) : found;
    }

    /** The part of a glob that says where it begins: all of a repository need not be looked through. */
    private static Path fixedFolder(Path repository, String glob) {
        Path folder = repository;
        for (Path part : Path.of(glob).normalize()) {
            if (GLOB.matcher(part.toString()).find()) {
                break;
            }
            folder = folder.resolve(part);
        }
        return folder;
    }

    private static Path member(Path repository, String path) {
        Path member = repository.resolve(path).normalize();
        if (!member.startsWith(repository.normalize())) {
            throw PawlException.user(
                    "outside-of-repository", "pawl.yaml names '" + path + "', which is outside of the repository");
        }
        if (!Files.exists(member) || leadsAway(repository, member)) {
            throw PawlException.user(
                    "missing-file",
                    "pawl.yaml names '" + path + "', which is not there after the build; does 'ci.build' make it?");
        }
        return member;
    }

    private static boolean leadsAway(Path repository, Path member) {
        try {
            return !member.toRealPath().startsWith(repository.toRealPath());
        } catch (IOException e) {
            throw Folders.trouble("read " + member, e);
        }
    }
}
