package dev.pawl.ci;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.CsvReader;
import dev.pawl.pipeline.StepTrials.Result;
import dev.pawl.store.Artifacts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of the tables that a step gave is not there, or not finite.
 *
 * @param missing how many cells of a column are empty or NaN, by {@code OUTPUT.COLUMN}
 * @param infinite a cell that is infinite, in words, if there is one
 */
record MissingValues(Map<String, Integer> missing, Optional<String> infinite) {
    /** Nothing can be said beside it. */
    static final MissingValues UNKNOWN = new MissingValues(Map.of(), Optional.empty());

    private static final Set<String> NAN = Set.of("", "nan", "null", "none", "na");
    private static final Set<String> INFINITE = Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    static MissingValues of(Step step, Result.Gave gave, Artifacts artifacts) {
        MissingValues all = new MissingValues(new TreeMap<>(), Optional.empty());
        for (var output : step.outputs().entrySet()) {
            Digest digest = gave.outputs().get(output.getKey());
            if (digest != null
                    && output.getValue().type() == OutputType.TABLE
                    && !output.getValue().list()) {
                all = all.plus(output.getKey(), artifacts.text(digest));
            }
        }
        return all;
    }

    private MissingValues plus(String output, String csv) {
        Map<String, Integer> counts = new TreeMap<>(missing);
        Optional<String> found = infinite;
        try (CsvReader table = CsvReader.of(csv, output)) {
            List<String> header = table.header();
            header.forEach(column -> counts.putIfAbsent(output + "." + column, 0));
            for (Optional<CsvReader.Row> row = table.next(); row.isPresent(); row = table.next()) {
                for (int i = 0; i < header.size(); i++) {
                    String cell = row.get().fields().get(i).strip().toLowerCase(Locale.ROOT);
                    if (NAN.contains(cell)) {
                        counts.merge(output + "." + header.get(i), 1, Integer::sum);
                    } else if (found.isEmpty() && INFINITE.contains(cell)) {
                        found = Optional.of("the table '%s' has %s in column '%s', line %d"
                                .formatted(
                                        output, cell, header.get(i), row.get().line()));
                    }
                }
            }
        }
        return new MissingValues(counts, found);
    }

    /** What is missing here and was not before, in words. */
    Optional<String> moreThan(MissingValues before) {
        return missing.entrySet().stream()
                .flatMap(column -> Optional.ofNullable(before.missing().get(column.getKey()))
                        .filter(lacked -> column.getValue() > lacked)
                        .map(lacked -> words(column.getKey(), column.getValue(), lacked))
                        .stream())
                .findFirst();
    }

    private static String words(String column, int lacks, int lacked) {
        return "column '%s' lacks %d values where it lacked %d, though the data lack none: was something divided by zero?"
                .formatted(column, lacks, lacked);
    }
}
