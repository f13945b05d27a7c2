package dev.pawl.packaging;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.store.Artifacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is in a package.
 *
 * @param bytes of all files together
 * @param java the feature version of Java that its classes need; 0 if it has none
 * @param locks files that name libraries which are not in the package
 */
record Contents(
        Digest digest,
        List<PackageFile> files,
        long bytes,
        List<Component> components,
        int java,
        List<PackageFile> locks) {
    private static final int LARGEST_LOCK = 16 * 1024 * 1024;

    /** @param folder where the same files are */
    static Contents read(Artifacts artifacts, Digest digest, Path folder, Definition definition) {
        List<PackageFile> files = PackageFile.list(artifacts.text(digest));
        Map<Path, String> sources = new TreeMap<>();
        definition
                .data()
                .forEach((name, data) -> sources.put(Path.of(data.path()).normalize(), name));
        List<Component> components = new ArrayList<>();
        int java = 0;
        for (PackageFile file : files) {
            if (file.endsWith(".jar")) {
                JarReading jar = JarReading.of(folder.resolve(file.path()));
                java = Math.max(java, jar.java());
                components.add(jar(file, jar));
            } else {
                components.add(other(file, Optional.ofNullable(sources.get(Path.of(file.path())))));
            }
        }
        components.addAll(locked(artifacts, locks(files)));
        long bytes =
                files.stream().mapToLong(file -> artifacts.size(file.digest())).sum();
        return new Contents(digest, files, bytes, List.copyOf(components), java, locks(files));
    }

    private static Component other(PackageFile file, Optional<String> source) {
        if (file.endsWith(".whl")) {
            Coordinates found = PythonReading.wheel(file).orElse(Coordinates.unknown(file.name()));
            return Component.library(file, found, List.of());
        }
        return source.map(name -> Component.data(name, file)).orElseGet(() -> Component.file(file));
    }

    private static List<Component> locked(Artifacts artifacts, List<PackageFile> locks) {
        return locks.stream()
                .flatMap(lock -> {
                    byte[] text = artifacts.beginning(lock.digest(), LARGEST_LOCK);
                    return PythonReading.libraries(lock, new String(text, StandardCharsets.UTF_8)).stream();
                })
                .distinct()
                .map(found -> Component.named(found.purl().orElse(found.name()), found))
                .toList();
    }

    private static List<PackageFile> locks(List<PackageFile> files) {
        return files.stream().filter(PythonReading::isLock).toList();
    }

    private static Component jar(PackageFile file, JarReading jar) {
        Coordinates itself = Stream.concat(jar.libraries().stream(), Stream.of(Coordinates.unknown(file.name())))
                .findFirst()
                .orElseThrow();
        List<Component> parts = jar.libraries().stream()
                .skip(1)
                .map(part -> Component.named(file.path() + "!" + part.purl().orElse(part.name()), part))
                .toList();
        return Component.library(file, itself, parts);
    }
}
