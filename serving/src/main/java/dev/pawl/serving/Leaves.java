package dev.pawl.serving;

import dev.pawl.kernel.PawlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The {@code data} of one tensor as it stood in the request, before its type and shape are known: JSON lets them come later.
 * Flat or nested; a nested list must be rectangular.
 */
final class Leaves {
    private static final int FIRST_ROOM = 32;
    private static final int MOST_DIMENSIONS = 16;
    private static final long UNKNOWN = -1;

    /** What stood there; {@code BIG} is a whole number beyond 64 bits. */
    enum Kind {
        WHOLE,
        REAL,
        BIG,
        TRUE,
        FALSE,
        NULL,
        TEXT
    }

    private final String where;
    private final long[] lengths = new long[MOST_DIMENSIONS];
    private final List<String> texts = new ArrayList<>();
    private Kind[] kinds = new Kind[FIRST_ROOM];
    private long[] bits = new long[FIRST_ROOM];
    private int size;
    private int depth;

    private Leaves(String where) {
        this.where = where;
        Arrays.fill(lengths, UNKNOWN);
    }

    /** Reads the list that the parser stands on. */
    static Leaves read(JsonParser in, String where) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw bad(where, "'data' must be a list, flat or nested like 'shape'");
        }
        Leaves leaves = new Leaves(where);
        leaves.readList(in, 0);
        return leaves;
    }

    int size() {
        return size;
    }

    Kind kind(int at) {
        return kinds[at];
    }

    long whole(int at) {
        return bits[at];
    }

    double real(int at) {
        return kind(at) == Kind.WHOLE ? (double) bits[at] : Double.longBitsToDouble(bits[at]);
    }

    String text(int at) {
        return texts.get(Math.toIntExact(bits[at]));
    }

    /** Checks the number of elements and, where the list is nested, each of its lengths. */
    void requireShape(List<Long> shape) {
        long expected = 1;
        for (long dimension : shape) {
            expected = Math.multiplyHigh(expected, dimension) == 0 ? expected * dimension : Long.MAX_VALUE;
        }
        if (expected != size) {
            throw bad(
                    where,
                    "'data' has %d elements, its shape %s means %s"
                            .formatted(
                                    size, shape, expected < 0 || expected == Long.MAX_VALUE ? "far more" : expected));
        }
        if (depth > 1 && !nestedAs(shape)) {
            throw bad(
                    where,
                    "'data' is nested as %s, its shape is %s; nest it likewise, or not at all"
                            .formatted(Arrays.toString(Arrays.copyOf(lengths, depth)), shape));
        }
    }

    private boolean nestedAs(List<Long> shape) {
        return depth == shape.size()
                && Arrays.equals(
                        Arrays.copyOf(lengths, depth),
                        shape.stream().mapToLong(Long::longValue).toArray());
    }

    private void readList(JsonParser in, int level) {
        if (level == MOST_DIMENSIONS) {
            throw bad(where, "'data' is nested deeper than " + MOST_DIMENSIONS + " levels");
        }
        depth = Math.max(depth, level + 1);
        long length = 0;
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                requireLevel(level, size == 0 || depth > level + 1);
                readList(in, level + 1);
            } else {
                requireLevel(level, depth == level + 1);
                add(in, token);
            }
            length++;
        }
        requireLevel(level, lengths[level] == UNKNOWN || lengths[level] == length);
        lengths[level] = length;
    }

    private void requireLevel(int level, boolean even) {
        if (!even) {
            throw bad(where, "'data' is not rectangular: lists at depth %d differ".formatted(level + 1));
        }
    }

    private void add(JsonParser in, JsonToken token) {
        switch (token) {
            case VALUE_NUMBER_INT -> addWhole(in);
            case VALUE_NUMBER_FLOAT -> add(Kind.REAL, Double.doubleToRawLongBits(in.getDoubleValue()));
            case VALUE_TRUE -> add(Kind.TRUE, 1);
            case VALUE_FALSE -> add(Kind.FALSE, 0);
            case VALUE_NULL -> add(Kind.NULL, 0);
            case VALUE_STRING -> {
                add(Kind.TEXT, texts.size());
                texts.add(in.getString());
            }
            case NOT_AVAILABLE,
                    START_OBJECT,
                    END_OBJECT,
                    START_ARRAY,
                    END_ARRAY,
                    PROPERTY_NAME,
                    VALUE_EMBEDDED_OBJECT ->
                throw bad(where, "'data' may hold numbers, text, true, false, null and lists of these only");
        }
    }

    private void addWhole(JsonParser in) {
        switch (in.getNumberType()) {
            case INT, LONG -> add(Kind.WHOLE, in.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                add(Kind.BIG, Double.doubleToRawLongBits(in.getDoubleValue()));
        }
    }

    private void add(Kind kind, long value) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            bits = Arrays.copyOf(bits, size * 2);
        }
        kinds[size] = kind;
        bits[size++] = value;
    }

    static PawlException bad(String where, String why) {
        return PawlException.user("bad-tensor", where + ": " + why);
    }
}
