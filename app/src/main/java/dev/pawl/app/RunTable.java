package dev.pawl.app;

import dev.pawl.kernel.Spans;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs as a table: what they are, their metrics, and those parameters in which they differ. */
final class RunTable {
    private static final int MOST_COLUMNS = 6;
    private static final MathContext DIGITS = new MathContext(6);
    private static final int MOST_PLACES = 9;
    private static final List<String> ALWAYS = List.of("RUN", "STARTED", "STATE", "TOOK", "COMMIT");

    private RunTable() {}

    /** Nothing at all of no run. */
    static List<String> lines(List<RunRow> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        List<String> metrics = names(runs, RunRow::metrics, false);
        List<String> parameters = names(runs, RunRow::parameters, true);
        List<String> head = new ArrayList<>(ALWAYS);
        head.addAll(metrics);
        head.addAll(parameters);
        TextTable table = new TextTable(head);
        for (RunRow run : runs) {
            List<String> row = new ArrayList<>(List.of(
                    run.run().brief(),
                    second(run.startedAt()),
                    run.state().word(),
                    run.took().map(Spans::text).orElse("-"),
                    run.code()));
            metrics.forEach(name -> row.add(text(run.metrics().get(name))));
            parameters.forEach(name -> row.add(text(run.parameters().get(name))));
            table.add(row);
        }
        return table.lines();
    }

    /** Without parts of a second, and with no letter for UTC. */
    static String second(Instant moment) {
        return moment.toString().substring(0, "1969-01-01T00:00:00".length());
    }

    /** A number as people read it. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Double number -> shortest(number);
            default -> value.toString();
        };
    }

    private static String shortest(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
        return Math.abs(rounded.scale()) <= MOST_PLACES ? rounded.toPlainString() : rounded.toString();
    }

    /** @param differing without those that are the same in all runs */
    private static List<String> names(
            List<RunRow> runs, Function<RunRow, SortedMap<String, ?>> values, boolean differing) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(values.apply(run).keySet()));
        return names.stream()
                .filter(name -> !differing
                        || runs.stream()
                                        .map(run -> Optional.ofNullable(
                                                values.apply(run).get(name)))
                                        .distinct()
                                        .count()
                                > 1)
                .limit(MOST_COLUMNS)
                .toList();
    }
}
