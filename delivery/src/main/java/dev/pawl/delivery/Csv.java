package dev.pawl.delivery;

import dev.pawl.kernel.PawlException;
import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values with a header, quoted cells and all (RFC 4180). */
final class Csv {
    static final int MOST_ROWS = 1_000_000;

    private final String text;
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** @param line where the record begins in the file, from 1 */
    record Entry(int line, List<String> cells) {}

    /** All records, the header first; every one has as many cells as the header. */
    static List<Entry> read(String text) {
        Csv csv = new Csv(text);
        List<Entry> entries = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            Entry entry = csv.entry();
            if (!entry.cells().equals(List.of(""))) {
                entries.add(entry);
                requireSane(entries, entry);
            }
        }
        return entries;
    }

    private static void requireSane(List<Entry> entries, Entry entry) {
        int columns = entries.getFirst().cells().size();
        if (entry.cells().size() != columns) {
            throw bad("line %d has %d cells, the header has %d"
                    .formatted(entry.line(), entry.cells().size(), columns));
        }
        if (entries.size() > MOST_ROWS) {
            throw bad("it has more than %d rows".formatted(MOST_ROWS));
        }
    }

    private Entry entry() {
        int first = line;
        List<String> cells = new ArrayList<>();
        do {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
        } while (skip(','));
        skip('\r');
        if (at < text.length() && !skip('\n')) {
            throw bad("line %d has text after a closing quote".formatted(line));
        }
        line++;
        return new Entry(first, List.copyOf(cells));
    }

    private boolean skip(char expected) {
        boolean found = at < text.length() && text.charAt(at) == expected;
        at += found ? 1 : 0;
        return found;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        int first = line;
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            line += c == '\n' ? 1 : 0;
            if (c == '"' && !skip('"')) {
                return cell.toString();
            }
            cell.append(c);
        }
        throw bad("the quote that opens in line %d is not closed".formatted(first));
    }

    private static PawlException bad(String what) {
        return PawlException.user("bad-table", "The held-out table cannot be read: " + what);
    }
}
