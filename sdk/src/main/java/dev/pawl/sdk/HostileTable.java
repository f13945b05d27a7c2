package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes hostile tables of a good one: what real data will look like one day, from NaN to a table without rows. The same table and
 * seed give the same ones. Which columns are of numbers is told from their cells, how far they reach from their values.
 *
 * <pre>{@code
 * for (HostileCase hostile : HostileTable.of(Path.of("src/test/days.csv"), 1).cases()) {
 *     ...
 * }
 * }</pre>
 */
public final class HostileTable {
    private static final int FAR = 1_000;

    private final List<String> header;
    private final List<List<String>> rows;
    private final List<Column> columns;
    private final long seed;

    private HostileTable(List<String> header, List<List<String>> rows, List<Column> columns, long seed) {
        this.header = header;
        this.rows = rows;
        this.columns = columns;
        this.seed = seed;
    }

    /** @throws IllegalArgumentException with file and line when it is no table, or has no rows */
    public static HostileTable of(Path csv, long seed) {
        try {
            return of(Files.readString(csv), csv, seed);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the table " + csv + ": " + e, e);
        }
    }

    /**
     * @param csv the table itself
     * @throws IllegalArgumentException when it is no table, or has no rows
     */
    public static HostileTable of(String csv, long seed) {
        return of(csv, Path.of("table.csv"), seed);
    }

    private static HostileTable of(String csv, Path name, long seed) {
        Table table = Csv.parse(csv, name);
        if (table.rows() == 0) {
            throw new IllegalArgumentException(name + ": a table without rows shows nothing of what its data are like");
        }
        List<List<String>> rows = new CsvParser(csv, name)
                .rows().stream()
                        .skip(1)
                        .map(row -> row.cells().stream().map(Csv::asWritten).toList())
                        .toList();
        List<String> names = table.columns();
        return new HostileTable(
                names.stream().map(Csv::quotedIfNeeded).toList(),
                rows,
                names.stream().map(table::column).toList(),
                seed);
    }

    /** One for each kind of hostility that a table with such columns can have, in all of these columns at once. */
    public List<HostileCase> cases() {
        return Stream.of(HostileKind.values()).flatMap(this::ofKind).toList();
    }

    private Stream<HostileCase> ofKind(HostileKind kind) {
        List<String> hit = hit(kind);
        return kind.where() == HostileKind.Where.TABLE || !hit.isEmpty()
                ? Stream.of(new HostileCase(this, kind, hit, firstRows(kind.rowsLeft(rows.size()))))
                : Stream.empty();
    }

    private static List<Integer> firstRows(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private List<String> hit(HostileKind kind) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            boolean numbers = columns.get(i) instanceof Column.Numbers;
            boolean hit = switch (kind.where()) {
                case NUMBERS -> numbers;
                case TEXTS -> !numbers;
                case CELLS -> true;
                case TABLE -> false;
            };
            if (hit) {
                names.add(header.get(i));
            }
        }
        return names;
    }

    /** As they are written in CSV. */
    List<String> header() {
        return header;
    }

    /** As it is written in CSV. */
    String cell(String column, int row) {
        return rows.get(row).get(header.indexOf(column));
    }

    /** The first one that is there, so that a constant column lacks no more than before; empty if there is none. */
    String firstValue(String column) {
        int place = header.indexOf(column);
        return rows.stream()
                .map(row -> row.get(place))
                .filter(cell -> !cell.isEmpty() && !cell.equalsIgnoreCase("nan"))
                .findFirst()
                .orElse("");
    }

    /** Each column has a row of its own, as far as there are rows: long texts in all of them would make one row too long to be a row. */
    boolean isOwnRow(String column, int row) {
        return row == header.indexOf(column) % rows.size();
    }

    /** A number as far above all others as {@value #FAR} times the way from the least to the greatest. */
    double farOut(String column) {
        double[] values = switch (columns.get(header.indexOf(column))) {
            case Column.Numbers numbers ->
                Arrays.stream(numbers.values()).filter(Double::isFinite).toArray();
            case Column.Texts _ -> new double[0];
        };
        OptionalDouble greatest = DoubleStream.of(values).max();
        double range = greatest.orElse(0) - DoubleStream.of(values).min().orElse(0);
        return greatest.orElse(0) + FAR * Math.max(1, range);
    }

    /** The same for the same cell whatever other rows and columns there are; the first row is always hit. */
    boolean chance(HostileKind kind, String column, int row, int every) {
        long mixed = seed;
        for (byte letter : (kind.name() + "/" + column).getBytes(StandardCharsets.UTF_8)) {
            mixed = mix(mixed + letter);
        }
        return row == 0 || Long.remainderUnsigned(mix(mixed + row), every) == 0;
    }

    /** The finaliser of SplittableRandom (Stafford's variant 13): neighbours come out far apart. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
