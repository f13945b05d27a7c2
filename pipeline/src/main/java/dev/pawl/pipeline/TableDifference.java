package dev.pawl.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What differs between two tables, over the columns that both have. Rows are the same thing where a column tells them apart in
 * both tables; without such a column a row that changed counts as one removed and one added.
 *
 * @param key that column
 */
public record TableDifference(
        List<String> columnsAdded,
        List<String> columnsRemoved,
        int rowsBefore,
        int rowsAfter,
        Optional<String> key,
        int added,
        int removed,
        int changed) {
    /** Of tables with more rows nothing is said. */
    public static final int MOST_ROWS = 200_000;

    private record Table(List<String> header, List<List<String>> rows) {
        /** The fields of some columns, row by row. */
        List<List<String>> of(List<String> columns) {
            List<Integer> places = columns.stream().map(header::indexOf).toList();
            return rows.stream()
                    .map(row -> places.stream().map(row::get).toList())
                    .toList();
        }

        List<String> column(String name) {
            int place = header.indexOf(name);
            return rows.stream().map(row -> row.get(place)).toList();
        }
    }

    /**
     * @param likelyKeys columns that may tell rows apart, the likeliest first
     * @return empty if a table is too long
     */
    public static Optional<TableDifference> between(Path before, Path after, List<String> likelyKeys) {
        Optional<Table> old = read(before);
        Optional<Table> young = old.flatMap(_ -> read(after));
        return young.map(table -> between(old.orElseThrow(), table, likelyKeys));
    }

    private static TableDifference between(Table before, Table after, List<String> likelyKeys) {
        List<String> shared =
                before.header().stream().filter(after.header()::contains).toList();
        Optional<String> key = Stream.concat(
                        likelyKeys.stream(), shared.stream().limit(1))
                .filter(shared::contains)
                .filter(name -> areDistinct(before.column(name)) && areDistinct(after.column(name)))
                .findFirst();
        int[] counts = key.map(name -> byKey(before, after, shared, name))
                .orElseGet(() -> byContent(before.of(shared), after.of(shared)));
        return new TableDifference(
                without(after.header(), before.header()),
                without(before.header(), after.header()),
                before.rows().size(),
                after.rows().size(),
                key,
                counts[0],
                counts[1],
                counts[2]);
    }

    /** Added, removed, changed. */
    private static int[] byKey(Table before, Table after, List<String> shared, String key) {
        Map<String, List<String>> old = index(before, shared, key);
        Map<String, List<String>> young = index(after, shared, key);
        int[] counts = new int[3];
        young.forEach((name, row) -> {
            List<String> was = old.get(name);
            counts[0] += was == null ? 1 : 0;
            counts[2] += was != null && !was.equals(row) ? 1 : 0;
        });
        counts[1] = (int)
                old.keySet().stream().filter(name -> !young.containsKey(name)).count();
        return counts;
    }

    private static Map<String, List<String>> index(Table table, List<String> shared, String key) {
        List<String> keys = table.column(key);
        List<List<String>> rows = table.of(shared);
        Map<String, List<String>> index = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            index.put(keys.get(i), rows.get(i));
        }
        return index;
    }

    private static int[] byContent(List<List<String>> before, List<List<String>> after) {
        Map<List<String>, Integer> more = new HashMap<>();
        after.forEach(row -> more.merge(row, 1, Integer::sum));
        before.forEach(row -> more.merge(row, -1, Integer::sum));
        int added = more.values().stream()
                .filter(count -> count > 0)
                .mapToInt(Integer::intValue)
                .sum();
        int removed = -more.values().stream()
                .filter(count -> count < 0)
                .mapToInt(Integer::intValue)
                .sum();
        return new int[] {added, removed, 0};
    }

    private static boolean areDistinct(List<String> values) {
        Set<String> seen = new HashSet<>();
        return values.stream().allMatch(seen::add);
    }

    private static List<String> without(List<String> names, List<String> others) {
        return names.stream().filter(name -> !others.contains(name)).toList();
    }

    private static Optional<Table> read(Path file) {
        try (CsvReader in = CsvReader.open(file, file.getFileName().toString())) {
            List<List<String>> rows = new ArrayList<>();
            for (var row = in.next(); row.isPresent(); row = in.next()) {
                if (rows.size() == MOST_ROWS) {
                    return Optional.empty();
                }
                rows.add(row.get().fields());
            }
            return Optional.of(new Table(in.header(), rows));
        }
    }
}
