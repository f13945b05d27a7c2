package dev.pawl.serving;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what stood in a request into elements of one datatype, without guessing: what does not fit is refused. Elements lie
 * in native memory that lives as long as the arena, so that the runtime takes them without a copy.
 */
record LeafReader(Leaves leaves, Datatype datatype, String where, Arena arena) {
    Values read() {
        return switch (datatype) {
            case FP32 -> floats();
            case FP64 -> doubles();
            case INT8, INT16, INT32, INT64, UINT8 -> integers();
            case BOOL -> flags();
            case BYTES -> texts();
        };
    }

    private Values floats() {
        FloatBuffer elements = memory().asFloatBuffer();
        for (int at = 0; at < leaves.size(); at++) {
            double real = real(at);
            float element = (float) real;
            if (Float.isInfinite(element) && !Double.isInfinite(real)) {
                throw bad(at, "is beyond the range of FP32");
            }
            elements.put(at, element);
        }
        return new Values.Floats(elements);
    }

    private Values doubles() {
        DoubleBuffer elements = memory().asDoubleBuffer();
        for (int at = 0; at < leaves.size(); at++) {
            elements.put(at, real(at));
        }
        return new Values.Doubles(elements);
    }

    private Values integers() {
        LongBuffer elements = LongBuffer.allocate(leaves.size());
        for (int at = 0; at < leaves.size(); at++) {
            elements.put(at, whole(at));
        }
        return new Values.Integers(elements);
    }

    private Values flags() {
        ByteBuffer elements = memory();
        for (int at = 0; at < leaves.size(); at++) {
            elements.put(at, flag(at));
        }
        return new Values.Flags(elements);
    }

    private Values texts() {
        List<String> elements = new ArrayList<>(leaves.size());
        for (int at = 0; at < leaves.size(); at++) {
            if (leaves.kind(at) != Leaves.Kind.TEXT) {
                throw bad(at, "is not text");
            }
            elements.add(leaves.text(at));
        }
        return new Values.Texts(elements);
    }

    private double real(int at) {
        return switch (leaves.kind(at)) {
            case WHOLE -> leaves.real(at);
            case REAL, BIG -> finite(at);
            case NULL -> Double.NaN;
            case TEXT -> named(at);
            case TRUE, FALSE -> throw bad(at, "is not a number");
        };
    }

    private double finite(int at) {
        double real = leaves.real(at);
        if (Double.isInfinite(real)) {
            throw bad(at, "is beyond the range of " + datatype);
        }
        return real;
    }

    private double named(int at) {
        return switch (leaves.text(at)) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw bad(at, "is not a number; the only texts among numbers are NaN, Infinity and -Infinity");
        };
    }

    private long whole(int at) {
        return switch (leaves.kind(at)) {
            case WHOLE -> within(at, leaves.whole(at));
            case REAL -> within(at, integral(at));
            case BIG -> throw outOfRange(at);
            case NULL -> throw bad(at, "is null; only FP32 and FP64 have missing values");
            case TEXT, TRUE, FALSE -> throw bad(at, "is not a whole number");
        };
    }

    private long integral(int at) {
        double real = leaves.real(at);
        if (real != Math.rint(real) || Double.isInfinite(real)) {
            throw bad(at, "is not a whole number");
        }
        if (Math.abs(real) >= 0x1p63) {
            throw outOfRange(at);
        }
        return (long) real;
    }

    private long within(int at, long number) {
        if (number < datatype.least() || number > datatype.most()) {
            throw outOfRange(at);
        }
        return number;
    }

    private byte flag(int at) {
        return switch (leaves.kind(at)) {
            case TRUE -> 1;
            case FALSE -> 0;
            case WHOLE, REAL, BIG, NULL, TEXT -> throw bad(at, "is not true or false");
        };
    }

    private ByteBuffer memory() {
        long bytes = (long) leaves.size() * datatype.bytes();
        return arena.allocate(bytes, Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private RuntimeException outOfRange(int at) {
        return bad(
                at,
                "is outside of %s, which goes from %d to %d".formatted(datatype, datatype.least(), datatype.most()));
    }

    private RuntimeException bad(int at, String why) {
        return Leaves.bad(where, "element " + at + " of 'data' " + why);
    }
}
