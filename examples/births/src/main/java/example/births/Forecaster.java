package example.births;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.pawl.sdk.Model;
import dev.pawl.sdk.Table;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** Forecasts with a model as it will be served: ONNX in, ONNX Runtime over it. */
final class Forecaster {
    private Forecaster() {}

    /** A forecast for every row; the columns are those that the model names, in its order. */
    static double[] forecast(Model model, Table table) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model.bytes())) {
            String names = session.getMetadata().getCustomMetadata().get("features");
            List<String> columns = List.of(names.split(","));
            long[] shape = {table.rows(), columns.size()};
            FloatBuffer rows = FloatBuffer.wrap(Rows.of(table, columns));
            try (OnnxTensor input = OnnxTensor.createTensor(environment, rows, shape);
                    OrtSession.Result result = session.run(Map.of("features", input))) {
                return firstColumn((float[][]) result.get(0).getValue());
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    private static double[] firstColumn(float[][] rows) {
        double[] column = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            column[row] = rows[row][0];
        }
        return column;
    }
}
