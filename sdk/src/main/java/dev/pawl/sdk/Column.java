package dev.pawl.sdk;

import java.util.Arrays;
import java.util.List;

/** One column of a table. */
sealed interface Column {
    int rows();

    Column pick(int[] chosen);

    final class Numbers implements Column {
        private final double[] values;

        Numbers(double[] values) {
            this.values = values;
        }

        double[] values() {
            return values.clone();
        }

        double at(int row) {
            return values[row];
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public Numbers pick(int[] chosen) {
            return new Numbers(
                    Arrays.stream(chosen).mapToDouble(row -> values[row]).toArray());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numbers numbers && Arrays.equals(values, numbers.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    record Texts(List<String> values) implements Column {
        @Override
        public int rows() {
            return values.size();
        }

        @Override
        public Texts pick(int[] chosen) {
            return new Texts(Arrays.stream(chosen).mapToObj(values::get).toList());
        }
    }
}
