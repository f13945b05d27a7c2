package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The little JSON that steps and Pawl exchange. Values are Map (in order), List, String, Long, Double, Boolean and null; a number
 * without fraction and exponent is a Long.
 */
final class Json {
    private Json() {}

    /**
     * @param where what is read, for the message
     * @throws IllegalArgumentException with line and column when it is not JSON
     */
    static @Nullable Object parse(String text, String where) {
        return new JsonParser(text, where).document();
    }

    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    /**
     * @throws IllegalArgumentException with line and column when it is not JSON
     * @throws UncheckedIOException when the file cannot be read
     */
    static @Nullable Object read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e, e);
        }
    }

    /** @throws UncheckedIOException when the file cannot be written */
    static void write(Object value, Path file) {
        try {
            Files.writeString(file, write(value) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e, e);
        }
    }

    private static void append(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quote(text, out);
            case Boolean bool -> out.append(bool);
            case Number number -> out.append(number(number));
            case Map<?, ?> object -> object(object, out);
            case Iterable<?> array -> array(array, out);
            default -> throw new IllegalArgumentException("No JSON for " + value.getClass());
        }
    }

    private static String number(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("No JSON for the number " + number);
        }
        return number.toString();
    }

    private static void object(Map<?, ?> object, StringBuilder out) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            out.append(separator);
            quote(String.valueOf(entry.getKey()), out);
            out.append(':');
            append(entry.getValue(), out);
            separator = ",";
        }
        out.append(object.isEmpty() ? "{}" : "}");
    }

    private static void array(Iterable<?> array, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (Object element : array) {
            out.append(separator);
            append(element, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
