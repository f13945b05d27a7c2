package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that is hostile in one way.
 *
 * @param columns which of its columns; none where the table as a whole is
 * @param rows which rows of the original table it has, by their numbers from 0
 */
public record HostileCase(HostileTable table, HostileKind kind, List<String> columns, List<Integer> rows) {
    /** A third of what may be hit. */
    private static final int EVERY = 3;

    private static final int LONG = 100_000;
    private static final int MOST_NAMED = 3;

    public HostileCase {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** For people, such as {@code nothing but 0 in column births, 3 rows}. */
    public String words() {
        return kind.words()
                + switch (kind.where()) {
                    case TABLE -> "";
                    case NUMBERS, TEXTS, CELLS ->
                        columns.size() == 1 ? " in column " + columns.getFirst() : " in the columns " + names();
                }
                + (rows.size() == 1 ? ", 1 row" : ", " + rows.size() + " rows");
    }

    private String names() {
        return columns.size() <= MOST_NAMED
                ? String.join(", ", columns)
                : String.join(", ", columns.subList(0, MOST_NAMED)) + " and " + (columns.size() - MOST_NAMED) + " more";
    }

    /** The table as CSV, with a header. */
    public String csv() {
        StringBuilder out = new StringBuilder();
        out.append(line(table.header()));
        rows.forEach(row -> out.repeat(row(row), kind.timesOfARow()));
        return out.toString();
    }

    /**
     * Writes {@link #csv}.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void write(Path file) {
        try {
            Files.writeString(file, csv());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the table " + file + ": " + e, e);
        }
    }

    /** The same rows of the original table, as CSV. */
    public String asItWas() {
        return new HostileCase(table, HostileKind.ONE_ROW, List.of(), rows).csv();
    }

    HostileCase onlyColumn(String column) {
        return new HostileCase(table, kind, List.of(column), rows);
    }

    HostileCase onlyRows(List<Integer> some) {
        return new HostileCase(table, kind, columns, some);
    }

    private String row(int row) {
        return line(table.header().stream().map(column -> cell(column, row)).toList());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(",", "", "\n"));
    }

    private String cell(String column, int row) {
        String cell = table.cell(column, row);
        if (!columns.contains(column)) {
            return cell;
        }
        return switch (kind) {
            case NAN -> some(column, row, "NaN", cell);
            case INFINITY -> some(column, row, "Infinity", cell);
            case NEGATIVE_INFINITY -> some(column, row, "-Infinity", cell);
            case MISSING -> some(column, row, "", cell);
            case EMPTY_COLUMN -> "";
            case ZERO -> "0";
            case DENORMAL -> Double.toString(Double.MIN_VALUE);
            case TINY -> "1E-30";
            case HUGE -> some(column, row, "1E30", cell);
            case HUGE_NEGATIVE -> some(column, row, "-1E30", cell);
            case OUT_OF_RANGE -> some(column, row, Double.toString(table.farOut(column)), cell);
            case CONSTANT -> table.firstValue(column);
            case UNSEEN_CATEGORY -> some(column, row, "never-seen-" + row, cell);
            case WRONG_TYPE -> some(column, row, "no-number", cell);
            case LONG_TEXT -> table.isOwnRow(column, row) ? "x".repeat(LONG) : cell;
            case EMPTY_TABLE, ONE_ROW, DUPLICATE_ROWS -> cell;
        };
    }

    private String some(String column, int row, String hostile, String otherwise) {
        return table.chance(kind, column, row, EVERY) ? hostile : otherwise;
    }
}
