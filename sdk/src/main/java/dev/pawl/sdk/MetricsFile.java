package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends every point as a line of JSON at once: what a step has logged does not depend on how it ends. */
final class MetricsFile implements Metrics {
    private final Path file;

    /** Makes its folder: a call's is there only once something is put in. */
    MetricsFile(Path file) {
        Folders.make(file.toAbsolutePath().resolveSibling(""));
        this.file = file;
    }

    /** The points that a step has logged to such a file; none when it is not there. */
    static List<MetricPoint> read(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(MetricsFile::point).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the metrics file " + file + ": " + e, e);
        }
    }

    @Override
    public synchronized void log(String name, long step, double value) {
        append(Json.write(line(new MetricPoint(name, step, value))) + "\n");
    }

    private static Map<String, Object> line(MetricPoint point) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", point.name());
        line.put("step", point.step());
        line.put("value", point.value());
        return line;
    }

    private static MetricPoint point(String line) {
        if (Json.parse(line, "metrics") instanceof Map<?, ?> json
                && json.get("name") instanceof String name
                && json.get("step") instanceof Number step
                && json.get("value") instanceof Number value) {
            return new MetricPoint(name, step.longValue(), value.doubleValue());
        }
        throw new IllegalArgumentException("no metric: " + line);
    }

    private void append(String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot append to the metrics file " + file + ": " + e.getMessage(), e);
        }
    }
}
