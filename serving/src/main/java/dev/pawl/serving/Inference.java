package dev.pawl.serving;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PredictionId;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What one model version made of one request.
 *
 * @param inputs recorded inputs, one text for each row
 */
record Inference(ModelVersion version, List<String> inputs, List<Tensor> outputs) {
    static Inference of(ModelRuntime model, List<Tensor> inputs) {
        List<Tensor> outputs = model.infer(inputs);
        int rows = rows(model, inputs, outputs);
        List<String> recorded = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            recorded.add(model.features().json(inputs, row, rows));
        }
        return new Inference(model.version(), recorded, outputs);
    }

    /** One, unless the first dimension of everything that goes in and comes out is the batch. */
    private static int rows(ModelRuntime model, List<Tensor> inputs, List<Tensor> outputs) {
        long rows = inputs.getFirst().rows();
        boolean batch = model.inputs().stream().allMatch(TensorSpec::batched)
                && inputs.stream().allMatch(tensor -> tensor.rows() == rows)
                && outputs.stream().allMatch(tensor -> tensor.rows() == rows);
        return batch ? Math.toIntExact(rows) : 1;
    }

    /** One prediction for each row. */
    List<Prediction> predictions(String id, Instant eventTime) {
        int rows = inputs.size();
        List<Prediction> predictions = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            predictions.add(new Prediction(
                    new PredictionId(rows == 1 ? id : id + "/" + row),
                    version,
                    eventTime,
                    inputs.get(row),
                    rowOfOutputs(row),
                    value(row)));
        }
        return predictions;
    }

    private String rowOfOutputs(int row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.mapper().createGenerator(text)) {
            out.writeStartArray();
            for (Tensor output : outputs) {
                output.writeRow(out, row, inputs.size());
            }
            out.writeEndArray();
        }
        return text.toString();
    }

    private double value(int row) {
        for (Tensor output : outputs) {
            int width = output.width(inputs.size());
            if (output.datatype() != Datatype.BYTES && width > 0) {
                return output.values().number(row * width);
            }
        }
        return Double.NaN;
    }
}
