package dev.pawl.delivery;

import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Definition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that no version has seen in training, in the order of their event time.
 *
 * @param rows those with a label
 * @param withoutLabel how many rows were left out because they have none
 */
record HeldOut(List<String> columns, List<HeldOutRow> rows, int withoutLabel) {

    /** @param line in the file, for messages */
    record HeldOutRow(int line, Instant time, double label, List<String> cells) {}

    static HeldOut read(String csv, Definition.Holdout holdout) {
        List<Csv.Entry> entries = Csv.read(csv);
        List<String> columns =
                entries.isEmpty() ? List.of() : entries.getFirst().cells();
        int label = column(columns, holdout.label());
        int time = column(columns, holdout.time());
        List<HeldOutRow> rows = new ArrayList<>();
        entries.stream()
                .skip(1)
                .filter(entry -> !entry.cells().get(label).isBlank())
                .forEach(entry -> rows.add(new HeldOutRow(
                        entry.line(),
                        time(entry, time, holdout.time()),
                        number(entry.line(), entry.cells().get(label), holdout.label()),
                        entry.cells())));
        rows.sort(Comparator.comparing(HeldOutRow::time));
        return new HeldOut(columns, List.copyOf(rows), Math.max(0, entries.size() - 1) - rows.size());
    }

    /** Which of these features are no columns. */
    List<String> missing(List<String> features) {
        return features.stream().filter(name -> !columns.contains(name)).toList();
    }

    double[] labels() {
        return rows.stream().mapToDouble(HeldOutRow::label).toArray();
    }

    /** The first rows, as a model takes them: an empty cell is NaN. */
    List<double[]> features(List<String> names, int most) {
        List<Integer> places = names.stream().map(name -> column(columns, name)).collect(Collectors.toList());
        return rows.stream()
                .limit(most)
                .map(row -> places.stream()
                        .mapToDouble(place -> number(row.line(), row.cells().get(place), columns.get(place)))
                        .toArray())
                .toList();
    }

    private static int column(List<String> columns, String name) {
        int place = columns.indexOf(name);
        if (place < 0) {
            throw PawlException.user(
                    "no-column", "The held-out table has no column '%s'; it has %s".formatted(name, columns));
        }
        return place;
    }

    private static double number(int line, String cell, String column) {
        try {
            return cell.isBlank() ? Double.NaN : Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            throw bad(line, column, cell, "a number");
        }
    }

    private static Instant time(Csv.Entry entry, int column, String name) {
        String text = entry.cells().get(column).strip();
        try {
            return instant(text);
        } catch (DateTimeException e) {
            throw bad(entry.line(), name, text, "a date (1972-07-14) or an instant (1972-07-14T00:00:00Z)");
        }
    }

    private static Instant instant(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return text.matches(".*T.*([Zz]|[+-]\\d\\d.*)")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private static PawlException bad(int line, String column, String cell, String wanted) {
        return PawlException.user(
                "bad-table",
                "The held-out table, line %d, column '%s': '%s' is not %s".formatted(line, column, cell, wanted));
    }
}
