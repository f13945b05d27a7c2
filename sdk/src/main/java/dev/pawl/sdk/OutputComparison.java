package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where the outputs of two runs of a step differ. */
final class OutputComparison {
    private OutputComparison() {}

    /** In words; empty when they are equal. */
    static Optional<String> difference(Form form, Path before, Path after) {
        return Digests.of(before).equals(Digests.of(after))
                ? Optional.empty()
                : Optional.of(words(form, before, after));
    }

    private static String words(Form form, Path before, Path after) {
        try {
            return Files.isDirectory(before) ? files(form, before, after) : file(form, before, after);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot compare " + before + " and " + after + ": " + e, e);
        }
    }

    private static String files(Form form, Path before, Path after) throws IOException {
        TreeSet<String> names = new TreeSet<>(names(before));
        names.addAll(names(after));
        for (String name : names) {
            Path one = before.resolve(name);
            Path other = after.resolve(name);
            if (!Files.exists(one) || !Files.exists(other)) {
                return name + " is there only " + (Files.exists(one) ? "the first" : "the second") + " time";
            } else if (Files.mismatch(one, other) >= 0) {
                return name + ": " + file(form, one, other);
            }
        }
        return "their files may be executed, or not";
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            return files.map(file -> folder.relativize(file).toString()).toList();
        }
    }

    private static String file(Form form, Path before, Path after) throws IOException {
        return switch (form.kind()) {
            case TABLE, REPORT, RECORD, VALUE ->
                TextDifference.between(Files.readAllLines(before), Files.readAllLines(after));
            case MODEL, FILE, FOLDER -> "they differ from byte " + (Files.mismatch(before, after) + 1) + " on";
        };
    }
}
