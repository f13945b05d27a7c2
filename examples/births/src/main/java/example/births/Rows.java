package example.births;

import dev.pawl.sdk.Table;
import java.util.List;

/** Columns of a table as learners and model runtimes want them: 32-bit floats, row after row, NaN where a value is missing. */
final class Rows {
    private Rows() {}

    static float[] of(Table table, List<String> columns) {
        float[] values = new float[table.rows() * columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            double[] numbers = table.numbers(columns.get(column));
            for (int row = 0; row < numbers.length; row++) {
                values[row * columns.size() + column] = (float) numbers[row];
            }
        }
        return values;
    }
}
