package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cuts a CSV text into rows of cells, by RFC 4180; a line may end in CR LF or LF. */
final class CsvParser {
    /** @param line where it starts, from 1 */
    record Row(int line, List<Cell> cells) {}

    record Cell(int line, String text, boolean quoted) {}

    private final String text;
    private final Path file;
    private int at;
    private int line = 1;

    CsvParser(String text, Path file) {
        this.text = text;
        this.file = file;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        while (at < text.length()) {
            rows.add(row());
        }
        return rows;
    }

    private Row row() {
        int start = line;
        List<Cell> cells = new ArrayList<>();
        do {
            cells.add(here('"') ? quotedCell() : plainCell());
        } while (taken(','));
        endOfLine();
        return new Row(start, cells);
    }

    private Cell plainCell() {
        int start = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at++) == '"') {
                throw problem("a quote within a cell: quote the whole cell and double the quote");
            }
        }
        return new Cell(line, text.substring(start, at), false);
    }

    private Cell quotedCell() {
        int start = line;
        StringBuilder out = new StringBuilder();
        at++;
        while (!taken('"') || here('"')) {
            if (at >= text.length()) {
                throw new IllegalArgumentException(file + ":" + start + ": a quoted cell does not end");
            }
            line += here('\n') ? 1 : 0;
            out.append(text.charAt(at++));
        }
        return new Cell(start, out.toString(), true);
    }

    private void endOfLine() {
        taken('\r');
        if (at < text.length() && !taken('\n')) {
            throw problem("a comma or the end of the line is missing after a quoted cell");
        }
        line++;
    }

    private boolean here(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean taken(char c) {
        boolean here = here(c);
        at += here ? 1 : 0;
        return here;
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException(file + ":" + line + ": " + what);
    }
}
