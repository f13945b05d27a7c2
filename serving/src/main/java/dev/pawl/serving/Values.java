package dev.pawl.serving;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The elements of a tensor in row-major order. NaN and the infinities, which JSON lacks, are written as text. */
sealed interface Values {
    int size();

    /** The element as a number, if it is one; NaN for text. */
    double number(int at);

    void write(JsonGenerator out, int at);

    record Floats(FloatBuffer elements) implements Values {
        @Override
        public int size() {
            return elements.limit();
        }

        @Override
        public double number(int at) {
            return elements.get(at);
        }

        @Override
        public void write(JsonGenerator out, int at) {
            out.writeNumber(elements.get(at));
        }
    }

    record Doubles(DoubleBuffer elements) implements Values {
        @Override
        public int size() {
            return elements.limit();
        }

        @Override
        public double number(int at) {
            return elements.get(at);
        }

        @Override
        public void write(JsonGenerator out, int at) {
            out.writeNumber(elements.get(at));
        }
    }

    /** Whole numbers of every width. */
    record Integers(LongBuffer elements) implements Values {
        @Override
        public int size() {
            return elements.limit();
        }

        @Override
        public double number(int at) {
            return elements.get(at);
        }

        @Override
        public void write(JsonGenerator out, int at) {
            out.writeNumber(elements.get(at));
        }
    }

    /** A byte each, 0 or 1. */
    record Flags(ByteBuffer elements) implements Values {
        @Override
        public int size() {
            return elements.limit();
        }

        @Override
        public double number(int at) {
            return elements.get(at);
        }

        @Override
        public void write(JsonGenerator out, int at) {
            out.writeBoolean(elements.get(at) != 0);
        }
    }

    record Texts(List<String> elements) implements Values {
        @Override
        public int size() {
            return elements.size();
        }

        @Override
        public double number(int at) {
            return Double.NaN;
        }

        @Override
        public void write(JsonGenerator out, int at) {
            out.writeString(elements.get(at));
        }
    }
}
