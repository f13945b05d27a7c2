package dev.pawl.pipeline;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.PawlException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows that no version has seen in training, in the order of their event time.
 *
 * @param rows those with a label
 * @param withoutLabel how many rows were left out because they have none
 */
public record HeldOut(List<String> columns, List<HeldOutRow> rows, int withoutLabel) {
    private static final String NAME = "The held-out table";

    /** @param line in the file, for messages */
    public record HeldOutRow(int line, Instant time, double label, List<String> cells) {}

    public static HeldOut read(String csv, ModelPlan.Holdout holdout) {
        try (CsvReader in = CsvReader.of(csv, NAME)) {
            int label = column(in.header(), holdout.label());
            int time = column(in.header(), holdout.time());
            List<HeldOutRow> rows = new ArrayList<>();
            int all = 0;
            for (Optional<CsvReader.Row> next = in.next(); next.isPresent(); next = in.next(), all++) {
                CsvReader.Row row = next.get();
                String truth = row.fields().get(label);
                if (!truth.isBlank()) {
                    double actual = finite(row.line(), truth, holdout.label());
                    rows.add(new HeldOutRow(row.line(), time(row, time, holdout.time()), actual, row.fields()));
                }
            }
            rows.sort(Comparator.comparing(HeldOutRow::time));
            return new HeldOut(in.header(), List.copyOf(rows), all - rows.size());
        }
    }

    /** Which of these features are no columns. */
    public List<String> missing(List<String> features) {
        return features.stream().filter(name -> !columns.contains(name)).toList();
    }

    public double[] labels() {
        return rows.stream().mapToDouble(HeldOutRow::label).toArray();
    }

    /** The first rows, as a model takes them: an empty cell is NaN. */
    public List<double[]> features(List<String> names, int most) {
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
            throw PawlException.user("no-column", NAME + " has no column '%s'; it has %s".formatted(name, columns));
        }
        return place;
    }

    /** Errors against anything else would be no numbers, which are neither above a limit nor within it. */
    private static double finite(int line, String cell, String column) {
        double number = number(line, cell, column);
        if (!Double.isFinite(number)) {
            throw bad(line, column, cell, "a finite number");
        }
        return number;
    }

    private static double number(int line, String cell, String column) {
        try {
            return cell.isBlank() ? Double.NaN : Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            throw bad(line, column, cell, "a number");
        }
    }

    private static Instant time(CsvReader.Row row, int column, String name) {
        String text = row.fields().get(column).strip();
        try {
            return instant(text);
        } catch (DateTimeException e) {
            throw bad(row.line(), name, text, "a date (1972-07-14) or an instant (1972-07-14T00:00:00Z)");
        }
    }

    /**
     * A day or a moment in ISO 8601; without a zone it is of UTC.
     *
     * @throws DateTimeException if it is none
     */
    public static Instant instant(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return text.matches(".*T.*([Zz]|[+-]\\d\\d.*)")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private static PawlException bad(int line, String column, String cell, String wanted) {
        return PawlException.user(
                "bad-table", "%s, line %d, column '%s': '%s' is not %s".formatted(NAME, line, column, cell, wanted));
    }
}
