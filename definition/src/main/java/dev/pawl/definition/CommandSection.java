package dev.pawl.definition;

import dev.pawl.definition.CommandPlan.CachePlan;
import dev.pawl.kernel.PawlException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code ci} says of the commands of build and tests. */
final class CommandSection {
    private static final int MOST_CACHES = 10;
    private static final YamlFormat<String> FOLDER = YamlFormat.text(
            "a folder within the home, such as .cache/pip, without '..'",
            ".cache",
            written -> YamlFormat.RELATIVE_PATH
                    .reading()
                    .apply(new YamlScalar(YamlPlace.START, written, YamlScalar.Type.TEXT))
                    .filter(path -> !normal(path).toString().isEmpty()));

    private CommandSection() {}

    static CommandPlan read(YamlMap ci, Path repository) {
        var python = YamlFile.optional(ci, "python", repository);
        return new CommandPlan(
                python,
                ContainerSection.read(ci),
                ci.optional("memory", YamlFormat.BYTES, CommandPlan.USUAL.memoryBytes()),
                caches(ci, repository));
    }

    private static SortedMap<String, CachePlan> caches(YamlMap ci, Path repository) {
        YamlMap caches = ci.mapOrEmpty("caches");
        var read = new TreeMap<String, CachePlan>();
        caches.maps().forEach((name, cache) -> {
            caches.name(name, YamlFormat.LOWER_NAME);
            var plan = cache(cache, repository);
            read.forEach((other, known) -> {
                if (cache.has("folder") && isWithin(plan, known)) {
                    cache.problems()
                            .addUnlessTold(
                                    cache.placeOf("folder"),
                                    "is that of cache '" + other + "', or one of both is in it");
                }
            });
            read.put(name, plan);
        });
        if (read.size() > MOST_CACHES) {
            ci.problems().add(caches.place(), "there are %d, and may be %d".formatted(read.size(), MOST_CACHES));
        }
        if (!read.isEmpty() && !ci.has("build")) {
            ci.problems().addUnlessTold(caches.place(), "are kept after a build, and there is none: add ci.build");
        }
        return read;
    }

    private static CachePlan cache(YamlMap cache, Path repository) {
        List<String> of = cache.list("of", file(repository));
        if (of.isEmpty()) {
            cache.problems()
                    .addUnlessTold(
                            cache.placeOf("of"), "must name files, such as lock files, whose content is the key");
        }
        return new CachePlan(cache.required("folder", FOLDER), of);
    }

    private static YamlFormat<String> file(Path repository) {
        return new YamlFormat<>(
                YamlFormat.RELATIVE_PATH.expected(),
                ".",
                scalar -> YamlFormat.RELATIVE_PATH.reading().apply(scalar).map(path -> required(repository, path)));
    }

    private static String required(Path repository, String path) {
        if (!YamlFile.isWithin(repository, path)) {
            throw PawlException.user("no-file", "the repository has no file '" + path + "'");
        }
        return path;
    }

    private static boolean isWithin(CachePlan one, CachePlan other) {
        Path first = normal(one.folder());
        Path second = normal(other.folder());
        return first.startsWith(second) || second.startsWith(first);
    }

    private static Path normal(String path) {
        return Path.of(path).normalize();
    }
}
