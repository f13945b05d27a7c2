package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The files that stand for the sources of data in a test. */
record TestData(Map<String, Path> files) {

    /**
     * @param given files and tables by source
     * @param sample how many rows to leave of each
     */
    static TestData prepare(Map<String, Object> given, Optional<Integer> sample, Path folder) {
        Map<String, Path> files = new LinkedHashMap<>();
        given.forEach((name, source) -> {
            Fixture fixture = Fixture.source(name, folder);
            Path file = fixture.path(source);
            files.put(
                    name,
                    sample.map(rows -> fixture.path(Table.read(file).first(rows)))
                            .orElse(file));
        });
        return new TestData(files);
    }

    Path file(String source) {
        return Objects.requireNonNull(files.get(source));
    }
}
