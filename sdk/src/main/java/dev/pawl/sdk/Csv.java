package dev.pawl.sdk;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables as CSV files. A quoted cell is a text, always: so texts that look like numbers, and empty ones, come back as they were.
 */
final class Csv {
    /** No leading zeros: what has them is an identifier. */
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,\"\\r\\n]|^\\s|\\s$");
    private static final double LARGEST_WHOLE = 1L << 53;

    private Csv() {}

    static Table read(Path csv) {
        try {
            return parse(Files.readString(csv), csv);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(csv + ": not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the table " + csv + ": " + e, e);
        }
    }

    /** @param csv how messages name it */
    static Table parse(String text, Path csv) {
        return table(csv, new CsvParser(text, csv).rows());
    }

    static String asWritten(CsvParser.Cell cell) {
        return cell.quoted() ? quoted(cell.text()) : cell.text();
    }

    private static Table table(Path csv, List<CsvParser.Row> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(csv + ":1: empty: a table starts with a header");
        }
        CsvParser.Row header = rows.getFirst();
        requireDistinct(csv, header);
        List<CsvParser.Row> body = rows.subList(1, rows.size());
        body.forEach(row -> requireAsWide(csv, header, row));
        Table.Builder builder = Table.builder();
        for (int i = 0; i < header.cells().size(); i++) {
            add(builder, header.cells().get(i).text(), cells(body, i), csv);
        }
        return builder.build();
    }

    private static void requireDistinct(Path csv, CsvParser.Row header) {
        Set<String> seen = new HashSet<>();
        for (CsvParser.Cell cell : header.cells()) {
            if (cell.text().isBlank() || !seen.add(cell.text())) {
                throw new IllegalArgumentException(csv + ":" + header.line() + ": the header has "
                        + (cell.text().isBlank() ? "a column without a name" : "column '" + cell.text() + "' twice"));
            }
        }
    }

    private static void requireAsWide(Path csv, CsvParser.Row header, CsvParser.Row row) {
        if (row.cells().size() != header.cells().size()) {
            throw new IllegalArgumentException(
                    csv + ":" + row.line() + ": " + row.cells().size() + " cells where the header has "
                            + header.cells().size());
        }
    }

    private static List<CsvParser.Cell> cells(List<CsvParser.Row> body, int column) {
        return body.stream().map(row -> row.cells().get(column)).toList();
    }

    private static void add(Table.Builder builder, String name, List<CsvParser.Cell> cells, Path csv) {
        if (cells.stream().allMatch(Csv::isNumber)) {
            builder.numbers(
                    name, cells.stream().mapToDouble(cell -> number(cell, csv)).toArray());
        } else {
            builder.texts(name, cells.stream().map(CsvParser.Cell::text).toList());
        }
    }

    private static boolean isNumber(CsvParser.Cell cell) {
        return !cell.quoted()
                && (cell.text().isEmpty() || NUMBER.matcher(cell.text()).matches());
    }

    private static double number(CsvParser.Cell cell, Path csv) {
        double number = cell.text().isEmpty() ? Double.NaN : Double.parseDouble(cell.text());
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(csv + ":" + cell.line() + ": " + cell.text() + " is too large a number");
        }
        return number;
    }

    static void write(Table table, Path csv) {
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.append(table.columns().stream().map(Csv::quotedIfNeeded).collect(Collectors.joining(",", "", "\n")));
            List<Column> columns = table.columns().stream().map(table::column).toList();
            for (int row : IntStream.range(0, table.rows()).toArray()) {
                out.append(
                        columns.stream().map(column -> cell(column, row)).collect(Collectors.joining(",", "", "\n")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the table " + csv + ": " + e, e);
        }
    }

    private static String cell(Column column, int row) {
        return switch (column) {
            case Column.Numbers numbers -> written(numbers.at(row));
            case Column.Texts(List<String> values) -> {
                String text = values.get(row);
                yield text.isEmpty() || NUMBER.matcher(text).matches() ? quoted(text) : quotedIfNeeded(text);
            }
        };
    }

    /** The shortest text that reads back as the same number; -0.0 has no whole form. */
    private static String written(double number) {
        if (Double.isNaN(number)) {
            return "";
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE;
        return whole && Double.compare(number, -0.0) != 0 ? Long.toString((long) number) : Double.toString(number);
    }

    static String quotedIfNeeded(String text) {
        return NEEDS_QUOTES.matcher(text).find() ? quoted(text) : text;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
