package dev.pawl.sdk;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * An immutable table of named columns, each of numbers or of texts. A missing number is NaN; infinities are refused. On disk it
 * is a CSV file with a header, see {@link #read}.
 */
public final class Table {
    private final Map<String, Column> columns;
    private final int rows;

    private Table(Map<String, Column> columns) {
        this.columns = Collections.unmodifiableMap(columns);
        this.rows = columns.values().stream().findFirst().map(Column::rows).orElse(0);
    }

    /** Begins a table without columns. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a CSV file: UTF-8, comma, a header with distinct names, as many cells in every row, quotes as in RFC 4180. A column
     * is of numbers when each of its cells is a number or empty (missing) and none is quoted; else of texts.
     *
     * @throws IllegalArgumentException with file and line when it is anything else
     * @throws UncheckedIOException when the file cannot be read
     */
    public static Table read(Path csv) {
        return Csv.read(csv);
    }

    /**
     * Writes what {@link #read} reads back to an equal table.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void write(Path csv) {
        Csv.write(this, csv);
    }

    /** How many rows each column has; 0 without columns. */
    public int rows() {
        return rows;
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** Whether there is a column of that name, of numbers or of texts. */
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    /**
     * All numbers of a column, a copy.
     *
     * @throws NoSuchElementException when the table has no such column of numbers
     */
    public double[] numbers(String column) {
        return numberColumn(column).values();
    }

    /** @throws NoSuchElementException when the table has no such column of numbers */
    public double number(String column, int row) {
        return numberColumn(column).at(row);
    }

    /**
     * All texts of a column.
     *
     * @throws NoSuchElementException when the table has no such column of texts
     */
    public List<String> texts(String column) {
        return textColumn(column).values();
    }

    /** @throws NoSuchElementException when the table has no such column of texts */
    public String text(String column, int row) {
        return textColumn(column).values().get(row);
    }

    /** The first rows, or all when there are fewer. */
    public Table first(int count) {
        return slice(0, Math.min(count, rows));
    }

    /** The last rows, or all when there are fewer. */
    public Table last(int count) {
        return slice(Math.max(0, rows - count), rows);
    }

    /** The rows from {@code from}, inclusive, to {@code to}, exclusive. */
    public Table slice(int from, int to) {
        return pick(IntStream.range(from, to).toArray());
    }

    /** The rows for whose number, from 0, the condition holds. */
    public Table where(IntPredicate row) {
        return pick(IntStream.range(0, rows).filter(row).toArray());
    }

    /** These columns only, in this order. */
    public Table select(String... names) {
        Builder builder = builder();
        for (String name : names) {
            builder.put(name, column(name));
        }
        return builder.build();
    }

    /** This table with one more column of numbers. */
    public Table with(String name, double... numbers) {
        return toBuilder().numbers(name, numbers).build();
    }

    /** This table with one more column of texts. */
    public Table with(String name, List<String> texts) {
        return toBuilder().texts(name, texts).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Table table && columns().equals(table.columns()) && columns.equals(table.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return "Table[" + rows + " rows of " + columns.keySet() + "]";
    }

    Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new NoSuchElementException("The table has no column '" + name + "'; it has " + columns.keySet());
        }
        return column;
    }

    private Column.Numbers numberColumn(String name) {
        return switch (column(name)) {
            case Column.Numbers numbers -> numbers;
            case Column.Texts _ -> throw new NoSuchElementException("Column '" + name + "' holds texts, not numbers");
        };
    }

    private Column.Texts textColumn(String name) {
        return switch (column(name)) {
            case Column.Texts texts -> texts;
            case Column.Numbers _ -> throw new NoSuchElementException("Column '" + name + "' holds numbers, not texts");
        };
    }

    private Table pick(int[] chosen) {
        Builder builder = builder();
        columns.forEach((name, column) -> builder.put(name, column.pick(chosen)));
        return builder.build();
    }

    private Builder toBuilder() {
        Builder builder = builder();
        columns.forEach(builder::put);
        return builder;
    }

    /** Puts a table together, column by column, all of one length. */
    public static final class Builder {
        private final Map<String, Column> columns = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a column of numbers; NaN is a missing one.
         *
         * @throws ArithmeticException when one is infinite: something was divided by zero, or grew beyond all bounds
         */
        public Builder numbers(String name, double... values) {
            for (int row = 0; row < values.length; row++) {
                if (Double.isInfinite(values[row])) {
                    throw new ArithmeticException("Column '" + name + "', row " + row + ": infinite");
                }
            }
            return put(name, new Column.Numbers(values.clone()));
        }

        /** Adds a column of texts. */
        public Builder texts(String name, List<String> values) {
            return put(name, new Column.Texts(List.copyOf(values)));
        }

        /** Adds a column of texts. */
        public Builder texts(String name, String... values) {
            return texts(name, List.of(values));
        }

        /** The table of the columns so far. */
        public Table build() {
            return new Table(new LinkedHashMap<>(columns));
        }

        private Builder put(String name, Column column) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("A column needs a name; it would come after " + columns.keySet());
            }
            columns.entrySet().stream().limit(1).forEach(first -> requireAsLong(first, name, column));
            if (columns.putIfAbsent(name, column) != null) {
                throw new IllegalArgumentException("The table already has a column '" + name + "'");
            }
            return this;
        }

        private static void requireAsLong(Map.Entry<String, Column> first, String name, Column column) {
            if (first.getValue().rows() != column.rows()) {
                throw new IllegalArgumentException("Column '" + name + "' has " + column.rows() + " rows, column '"
                        + first.getKey() + "' has " + first.getValue().rows());
            }
        }
    }
}
