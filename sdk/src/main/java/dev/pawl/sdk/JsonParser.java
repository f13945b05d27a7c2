package dev.pawl.sdk;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text, strictly: no comments, no trailing commas, no key twice, no nesting without end. */
final class JsonParser {
    private static final int DEEPEST = 64;

    /** The sign and the digits of the least long. */
    private static final int LONGEST_WHOLE = 20;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private final String where;
    private int at;

    JsonParser(String text, String where) {
        this.text = text;
        this.where = where;
    }

    @Nullable
    Object document() {
        Object value = value(0);
        if (next() != 0) {
            throw expected("the end of the text");
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) {
            throw expected("at most " + DEEPEST + " levels of nesting");
        }
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        if (taken('}')) {
            return object;
        }
        do {
            if (next() != '"') {
                throw expected("a key in quotes");
            }
            String key = string();
            if (object.containsKey(key)) {
                throw expected("the key \"" + key + "\" once only");
            }
            require(':');
            object.put(key, value(depth + 1));
        } while (taken(','));
        require('}');
        return object;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> array = new ArrayList<>();
        at++;
        if (taken(']')) {
            return array;
        }
        do {
            array.add(value(depth + 1));
        } while (taken(','));
        require(']');
        return array;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw expected("control characters escaped within a string");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        if (at++ >= text.length()) {
            throw expected("a closing quote");
        }
        return out.toString();
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw expected("a known escape after \\");
        };
    }

    private char unicode() {
        String digits = text.substring(at, Math.min(at + 4, text.length()));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw expected("four hexadecimal digits after \\u");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private Number number() {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw expected("a value");
        }
        String digits = matcher.group();
        boolean whole = matcher.group(1) == null && matcher.group(2) == null;
        Number number = whole && digits.length() <= LONGEST_WHOLE ? whole(digits) : Double.valueOf(digits);
        if (Double.isInfinite(number.doubleValue())) {
            throw expected("a number that a double can hold");
        }
        at = matcher.end();
        return number;
    }

    private static Number whole(String digits) {
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number.doubleValue();
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw expected("a value");
        }
        at += word.length();
        return value;
    }

    /** The next character that is not white space, or 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean taken(char c) {
        boolean here = next() == c;
        at += here ? 1 : 0;
        return here;
    }

    private void require(char c) {
        if (!taken(c)) {
            throw expected("'" + c + "'");
        }
    }

    private IllegalArgumentException expected(String what) {
        String before = text.substring(0, Math.min(at, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new IllegalArgumentException(where + ":" + line + ":" + column + ": not JSON: expected " + what);
    }
}
