package dev.pawl.ci;

import dev.pawl.definition.CommandPlan;
import dev.pawl.definition.CommandPlan.CachePlan;
import dev.pawl.definition.Definition;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The caches of one build. What the server has of them comes into the home before it; what it has not is kept when the build has succeeded,
 * of commits that may do so only: what others brought in would be in the builds of all.
 */
final class CacheUse {
    private final Workshop shop;
    private final CiRun run;
    private final Path home;
    private final List<Cache> caches;
    private final Set<Cache> used = new HashSet<>();

    private record Cache(String name, Digest key, Path folder) {}

    /** @param source as it was checked out */
    CacheUse(Workshop shop, CiRun run, CommandPlan plan, Path source, Path home) {
        this.shop = shop;
        this.run = run;
        this.home = home;
        this.caches = plan.caches().entrySet().stream()
                .map(cache -> new Cache(
                        cache.getKey(),
                        key(cache.getKey(), cache.getValue(), plan, source),
                        home.resolve(cache.getValue().folder()).normalize()))
                .toList();
    }

    private Digest key(String name, CachePlan cache, CommandPlan plan, Path source) {
        Map<String, Digest> of = cache.of().stream()
                .collect(Collectors.toMap(path -> path, path -> Content.digest(source.resolve(path))));
        return Json.digest(Map.of(
                "project", run.project(),
                "name", name,
                "folder", cache.folder(),
                "of", of,
                "image", plan.container().map(Definition.Container::image),
                "os", System.getProperty("os.name"),
                "arch", System.getProperty("os.arch")));
    }

    void restore() {
        caches.stream()
                .filter(cache -> shop.caches().restore(cache.key(), cache.folder()))
                .forEach(used::add);
    }

    /**
     * What is kept as evidence of a build.
     *
     * @param caches what became of each
     */
    record Evidence(int exit, SortedMap<String, String> caches) {}

    /** @param built how the build succeeded */
    Finding keep(Finding built) {
        if (caches.isEmpty()) {
            return built;
        }
        boolean trusted = shop.source().mayKeepCaches(run.project(), run.commit());
        SortedMap<String, String> told = new TreeMap<>();
        caches.forEach(cache -> told.put(cache.name(), outcome(cache, trusted)));
        String summary = told.entrySet().stream()
                .map(cache -> "cache " + cache.getKey() + " " + cache.getValue())
                .collect(Collectors.joining("; ", built.summary() + "; ", ""));
        return new Finding(true, summary, new Evidence(0, told), built.log());
    }

    private String outcome(Cache cache, boolean trusted) {
        if (used.contains(cache)) {
            return "used";
        }
        if (!trusted) {
            return "not kept: nobody has reviewed this commit";
        }
        // a link on the way to it would lead to files that are not the build's
        return Files.isDirectory(cache.folder()) && Folders.isPlainlyWithin(home, cache.folder())
                ? shop.caches()
                        .keep(cache.key(), cache.folder())
                        .map(why -> "not kept: " + why)
                        .orElse("kept")
                : "not kept: the build made no such folder";
    }
}
