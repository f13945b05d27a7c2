package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.PawlException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CSV file strictly: UTF-8, commas, a header with distinct names, as many fields in every row, fields quoted by
 * {@code "} where they hold commas, quotes (doubled) or line breaks. Errors name the file and the line. For one thread.
 */
public final class CsvReader implements Closeable {
    private static final int LONGEST_ROW = 1024 * 1024;
    private static final int BUFFER = 16 * 1024;

    private final String name;
    private final Reader in;
    private final char[] buffer = new char[BUFFER];
    private int at;
    private int end;
    private int line = 1;
    private final Row header;

    private CsvReader(Reader in, String name) {
        this.name = name;
        this.in = in;
        this.header = readHeader();
    }

    /**
     * A line of the file, or several where a quoted field has line breaks.
     *
     * @param line where it begins, counted from 1
     * @param text as it is written, without the line break at its end
     */
    public record Row(int line, String text, List<String> fields) {}

    /** @param name what errors call the file */
    public static CsvReader open(Path file, String name) {
        try {
            return new CsvReader(reader(file), name);
        } catch (NoSuchFileException e) {
            throw PawlException.user("no-file", "There is no file " + name + ".");
        } catch (IOException e) {
            throw Folders.trouble("read " + name, e);
        }
    }

    /** Over text that is in memory already. */
    public static CsvReader of(String text, String name) {
        return new CsvReader(new StringReader(text), name);
    }

    private static Reader reader(Path file) throws IOException {
        return new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    public List<String> header() {
        return header.fields();
    }

    /** The header as it is written. */
    String headerText() {
        return header.text();
    }

    /** The position of a column, which must be there. */
    public int column(String column) {
        int position = header().indexOf(column);
        if (position < 0) {
            throw bad(1, "there is no column '%s'; the header has %s".formatted(column, header()));
        }
        return position;
    }

    /** The next row; empty at the end of the file. */
    public Optional<Row> next() {
        Optional<Row> next = read();
        next.ifPresent(this::requireWidth);
        return next;
    }

    /** An error at a line of this file. */
    public PawlException bad(int badLine, String what) {
        return PawlException.user("bad-csv", "%s:%d: %s".formatted(name, badLine, what));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw Folders.trouble("read " + name, e);
        }
    }

    private Row readHeader() {
        Row first = read().orElseThrow(() -> bad(1, "the file is empty; its first line must name the columns"));
        if (first.fields().contains("")) {
            throw bad(1, "a column has no name");
        }
        if (new HashSet<>(first.fields()).size() < first.fields().size()) {
            throw bad(1, "two columns have the same name: " + first.fields());
        }
        return first;
    }

    private void requireWidth(Row row) {
        int fields = row.fields().size();
        if (fields != header().size()) {
            throw bad(row.line(), "%d fields, but the header has %d".formatted(fields, header().size()));
        }
    }

    private Optional<Row> read() {
        int begin = line;
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        int c = nextChar();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && (c != '\n' || quoted); c = nextChar()) {
            quoted ^= c == '"';
            text.append((char) c);
            requireShort(begin, text);
        }
        if (quoted) {
            throw bad(begin, "a quoted field is not closed");
        }
        return Optional.of(row(begin, withoutMarks(begin, text)));
    }

    private int nextChar() {
        try {
            if (at == end) {
                end = in.read(buffer);
                at = 0;
            }
        } catch (CharacterCodingException e) {
            throw bad(line, "this is not UTF-8 text");
        } catch (IOException e) {
            throw Folders.trouble("read " + name, e);
        }
        if (end < 0) {
            end = at;
            return -1;
        }
        char c = buffer[at++];
        line += c == '\n' ? 1 : 0;
        return c;
    }

    /** Without the byte-order mark that some programs put first, and the carriage return of a Windows line break. */
    private static String withoutMarks(int begin, StringBuilder text) {
        int from = begin == 1 && !text.isEmpty() && text.charAt(0) == '\uFEFF' ? 1 : 0;
        int to = text.length() > from && text.charAt(text.length() - 1) == '\r' ? text.length() - 1 : text.length();
        return text.substring(from, to);
    }

    private void requireShort(int begin, StringBuilder text) {
        if (text.length() > LONGEST_ROW) {
            throw bad(begin, "the row is longer than " + LONGEST_ROW + " characters; is a quote missing?");
        }
    }

    private Row row(int begin, String text) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            from = from < text.length() && text.charAt(from) == '"'
                    ? quoted(begin, text, from, fields)
                    : plain(begin, text, from, fields);
        }
        return new Row(begin, text, List.copyOf(fields));
    }

    /** Returns where the next field begins. */
    private int plain(int begin, String text, int from, List<String> fields) {
        int comma = text.indexOf(',', from);
        int to = comma < 0 ? text.length() : comma;
        String field = text.substring(from, to);
        if (field.indexOf('"') >= 0) {
            throw bad(begin, "a quote within a field that is not quoted: " + field);
        }
        fields.add(field);
        return to + 1;
    }

    private int quoted(int begin, String text, int from, List<String> fields) {
        int to = text.indexOf('"', from + 1);
        while (to >= 0 && to + 1 < text.length() && text.charAt(to + 1) == '"') {
            to = text.indexOf('"', to + 2);
        }
        if (to < 0 || (to + 1 < text.length() && text.charAt(to + 1) != ',')) {
            throw bad(begin, "text after a quoted field, or a quote that is not closed");
        }
        fields.add(text.substring(from + 1, to).replace("\"\"", "\""));
        return to + 2;
    }
}
