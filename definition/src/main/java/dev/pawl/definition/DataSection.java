package dev.pawl.definition;

import dev.pawl.definition.Definition.DataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** {@code data}: where the pipeline's data comes from, by name. */
final class DataSection {
    private static final YamlFormat<String> NAME = YamlFormat.nameOf("a source");

    private DataSection() {}

    static Map<String, DataSource> read(YamlMap data, Path repository) {
        var sources = new TreeMap<String, DataSource>();
        data.maps().forEach((name, source) -> {
            data.name(name, NAME);
            sources.put(name, source(source, repository));
        });
        return sources;
    }

    private static DataSource source(YamlMap source, Path repository) {
        String path = source.required("path", YamlFormat.PATH);
        if (!path.startsWith("/") && !YamlFile.isWithin(repository, path)) {
            source.problems().addUnlessTold(source.placeOf("path"), missing(path));
        }
        if (source.has("delay") && !source.has("time")) {
            source.problems().add(source.placeOf("delay"), "without time, the column that it counts from");
        }
        return new DataSource(
                path,
                source.optional("time", YamlFormat.TEXT),
                source.optional("delay", YamlFormat.DURATION, Duration.ZERO));
    }

    private static String missing(String path) {
        return "the repository has no file '" + path + "'; data elsewhere needs an absolute path";
    }
}
