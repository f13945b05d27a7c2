package dev.pawl.ci;

import dev.pawl.definition.CiPlan.ColumnPlan;
import dev.pawl.pipeline.CsvReader;
import dev.pawl.pipeline.HeldOut;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a table has the columns that ci.checks.contract.tables declares, and their cells are what it says.
 *
 * @param name of the output, for people
 */
record TableSchema(String name, SortedMap<String, ColumnPlan> columns) {
    /** Nothing if it is right; else at most one problem a column. */
    List<String> wrong(String csv) {
        try (CsvReader table = CsvReader.of(csv, name + ".csv")) {
            List<String> wrong = new ArrayList<>(columnsThatDiffer(table.header()));
            SortedMap<String, ColumnPlan> open = new TreeMap<>(columns);
            open.keySet().retainAll(table.header());
            for (Optional<CsvReader.Row> row = table.next(); row.isPresent() && !open.isEmpty(); row = table.next()) {
                CsvReader.Row read = row.get();
                open.entrySet().removeIf(column -> {
                    String cell =
                            read.fields().get(table.column(column.getKey())).strip();
                    boolean right = isRight(cell, column.getValue());
                    if (!right) {
                        wrong.add("gave '%s', whose line %d has %s in column '%s', which must be %s"
                                .formatted(name, read.line(), shown(cell), column.getKey(), words(column.getValue())));
                    }
                    return !right;
                });
            }
            return wrong;
        }
    }

    private List<String> columnsThatDiffer(List<String> header) {
        List<String> wrong = new ArrayList<>();
        columns.keySet().stream()
                .filter(column -> !header.contains(column))
                .forEach(column ->
                        wrong.add("gave '%s' without the column '%s'; it has %s".formatted(name, column, header)));
        header.stream()
                .filter(column -> !columns.containsKey(column))
                .forEach(column ->
                        wrong.add("gave '%s' with a column '%s' that ci.checks.contract.tables does not declare"
                                .formatted(name, column)));
        return wrong;
    }

    private static boolean isRight(String cell, ColumnPlan plan) {
        if (cell.isEmpty()) {
            return plan.optional();
        }
        return switch (plan.type()) {
            case TEXT -> true;
            case TRUTH -> cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
            case NUMBER -> isNumber(cell);
            case DATE -> isDate(cell);
        };
    }

    private static boolean isNumber(String cell) {
        try {
            return Double.isFinite(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDate(String cell) {
        try {
            Instant _ = HeldOut.instant(cell);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String shown(String cell) {
        return cell.isEmpty() ? "nothing" : "'" + cell + "'";
    }

    private static String words(ColumnPlan plan) {
        String type = switch (plan.type()) {
            case NUMBER -> "a finite number";
            case TEXT -> "text";
            case DATE -> "a date or moment in ISO 8601";
            case TRUTH -> "true or false";
        };
        return plan.optional() ? type + ", or empty" : type;
    }
}
