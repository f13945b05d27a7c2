package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** Named findings of a step, such as the error of a model: finite numbers, texts and booleans. Immutable; a JSON object on disk. */
public final class Report {
    private static final Report EMPTY = new Report(Map.of());

    private final Map<String, Object> values;

    private Report(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The report to begin with. */
    public static Report empty() {
        return EMPTY;
    }

    /**
     * @throws ArithmeticException when the value is NaN or infinite
     * @throws IllegalArgumentException when the name is taken
     */
    public Report with(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new ArithmeticException("Report value '" + name + "' is " + value + ": report finite values only");
        }
        return plus(name, value);
    }

    /** @throws IllegalArgumentException when the name is taken */
    public Report with(String name, String value) {
        return plus(name, value);
    }

    /** @throws IllegalArgumentException when the name is taken */
    public Report with(String name, boolean value) {
        return plus(name, value);
    }

    /** All values in the order they were added: Double, String or Boolean. */
    public Map<String, Object> values() {
        return values;
    }

    /** @throws NoSuchElementException when there is no number of that name */
    public double number(String name) {
        return switch (values.get(name)) {
            case Double value -> value;
            case null, default ->
                throw new NoSuchElementException("The report has no number '" + name + "'; it has " + values.keySet());
        };
    }

    /** @throws UncheckedIOException when the file cannot be written */
    public void write(Path file) {
        try {
            Files.writeString(file, Json.write(values) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the report " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when it is no report
     */
    public static Report read(Path file) {
        try {
            return parse(Files.readString(file), file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the report " + file + ": " + e.getMessage(), e);
        }
    }

    private static Report parse(String text, Path file) {
        if (!(Json.parse(text, file.toString()) instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException(file + ": a report is a JSON object");
        }
        Report report = EMPTY;
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            report = report.plusJson(String.valueOf(entry.getKey()), entry.getValue(), file);
        }
        return report;
    }

    private Report plusJson(String name, Object value, Path file) {
        return switch (value) {
            case Number number -> with(name, number.doubleValue());
            case String text -> with(name, text);
            case Boolean bool -> with(name, bool);
            case null, default ->
                throw new IllegalArgumentException(
                        file + ": report value '" + name + "' is neither number nor text nor boolean");
        };
    }

    private Report plus(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        if (more.put(name, value) != null) {
            throw new IllegalArgumentException("The report already has a value '" + name + "'");
        }
        return new Report(more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Report report && values.equals(report.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Report" + values;
    }
}
