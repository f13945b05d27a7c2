package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a step reported: lines of {@code {"name":"loss","step":3,"value":0.12}}. */
final class StepMetrics {
    static final int MOST_POINTS = 100_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final int LONGEST_NAME = 200;

    private StepMetrics() {}

    static List<MetricPoint> read(StepName step, Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> lines = lines(file);
        List<MetricPoint> points = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            points.add(point(step, i + 1, lines.get(i)));
        }
        return List.copyOf(points);
    }

    private static List<String> lines(Path file) {
        try {
            List<String> lines = Files.size(file) > MOST_BYTES ? List.of() : Files.readAllLines(file);
            if (Files.size(file) > MOST_BYTES || lines.size() > MOST_POINTS) {
                throw PawlException.limit(
                        "too-many-metrics",
                        "it reported more than %d metric points or %d bytes of them; report every n-th step only"
                                .formatted(MOST_POINTS, MOST_BYTES));
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw PawlException.user("bad-metric", "its metrics.jsonl is not UTF-8 text");
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        }
    }

    private static MetricPoint point(StepName step, int line, String text) {
        JsonNode json = parse(line, text);
        String name = json.path("name").stringValue("");
        JsonNode position = json.path("step");
        JsonNode value = json.path("value");
        require(!name.isBlank() && name.length() <= LONGEST_NAME, line, "\"name\" must be a text");
        require(position.isMissingNode() || position.canConvertToLong(), line, "\"step\" must be a whole number");
        require(value.isNumber() && Double.isFinite(value.asDouble()), line, "\"value\" must be a finite number");
        return new MetricPoint(step, name, position.isMissingNode() ? 0 : position.asLong(), value.asDouble());
    }

    private static JsonNode parse(int line, String text) {
        try {
            return Json.tree(text);
        } catch (PawlException e) {
            throw bad(line, e.text());
        }
    }

    private static void require(boolean right, int line, String otherwise) {
        if (!right) {
            throw bad(line, otherwise);
        }
    }

    private static PawlException bad(int line, String what) {
        return PawlException.user("bad-metric", "it reported a bad metric: metrics.jsonl:" + line + ": " + what);
    }
}
