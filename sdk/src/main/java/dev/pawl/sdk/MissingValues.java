package dev.pawl.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of the tables that a step gave is not there, or not finite.
 *
 * @param missing how many cells of a column are empty or NaN, by {@code TABLE.COLUMN}
 * @param infinite a cell that is infinite, in words, if there is one
 */
public record MissingValues(Map<String, Integer> missing, Optional<String> infinite) {
    /** Of no table: nothing can be said beside it. */
    public static final MissingValues UNKNOWN = new MissingValues(Map.of(), Optional.empty());

    private static final Set<String> NAN = Set.of("", "nan", "null", "none", "na");
    private static final Set<String> INFINITE = Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    /**
     * A row of a table.
     *
     * @param number of the line in the file, from 1
     */
    public record Line(int number, List<String> cells) {}

    /** And of one more table. */
    public MissingValues with(String table, List<String> header, Iterable<Line> lines) {
        Map<String, Integer> counts = new TreeMap<>(missing);
        Optional<String> found = infinite;
        header.forEach(column -> counts.putIfAbsent(table + "." + column, 0));
        for (Line line : lines) {
            for (int i = 0; i < header.size(); i++) {
                String cell = line.cells().get(i).strip().toLowerCase(Locale.ROOT);
                if (NAN.contains(cell)) {
                    counts.merge(table + "." + header.get(i), 1, Integer::sum);
                } else if (found.isEmpty() && INFINITE.contains(cell)) {
                    found = Optional.of("the table '%s' has %s in column '%s', line %d"
                            .formatted(table, cell, header.get(i), line.number()));
                }
            }
        }
        return new MissingValues(counts, found);
    }

    /** What is missing here and was not before, in words. */
    public Optional<String> moreThan(MissingValues before) {
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
