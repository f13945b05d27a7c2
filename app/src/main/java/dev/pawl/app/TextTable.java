package dev.pawl.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows below a head, each column as wide as its widest value; numbers stand to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> head) {
        this.head = List.copyOf(head);
    }

    /** @param row as many values as the head has */
    void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(head));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < head.size(); i++) {
            String pad = " ".repeat(width(i) - row.get(i).length());
            line.append(i == 0 ? "" : GAP).append(isNumeric(i) ? pad + row.get(i) : row.get(i) + pad);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(head.get(column).length()),
                        rows.stream().mapToInt(row -> row.get(column).length()))
                .max()
                .orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .allMatch(value -> value.matches("-|-?[0-9][0-9.,]*([eE][+-]?[0-9]+)?( s| %)?"));
    }
}
