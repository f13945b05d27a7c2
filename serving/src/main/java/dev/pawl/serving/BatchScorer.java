package dev.pawl.serving;

import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores rows with a model file in this process: for comparing models on data, not for serving. The model has one FP32
 * matrix as its input, whose columns its metadata names, and one number per row as its first output.
 */
public final class BatchScorer implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 4_096;

    private final ModelRuntime runtime;
    private final TensorSpec input;

    private BatchScorer(ModelRuntime runtime) {
        this.runtime = runtime;
        this.input = runtime.inputs().getFirst();
    }

    /** @throws PawlException if the model is not of this kind */
    public static BatchScorer of(ModelVersion version, byte[] onnx) {
        BatchScorer scorer = new BatchScorer(ModelRuntime.load(version, onnx));
        if (scorer.features().isEmpty() || scorer.input.datatype() != Datatype.FP32) {
            scorer.close();
            throw PawlException.user(
                    "model-unfit",
                    "Model %s cannot be scored on a table: it needs one FP32 matrix as its input and the names of its columns in "
                                    .formatted(version)
                            + "the metadata 'features'");
        }
        return scorer;
    }

    /** The names of the columns, in order. */
    public List<String> features() {
        return runtime.features().names();
    }

    /** One number for each row; a missing value of a row is NaN. */
    public double[] score(List<double[]> rows) {
        double[] scores = new double[rows.size()];
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            score(rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE)), scores, from);
        }
        return scores;
    }

    private void score(List<double[]> rows, double[] scores, int at) {
        int width = features().size();
        try (Arena arena = Arena.ofConfined()) {
            FloatBuffer elements = arena.allocate((long) rows.size() * width * Float.BYTES, Float.BYTES)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < width; column++) {
                    elements.put(row * width + column, (float) rows.get(row)[column]);
                }
            }
            List<Long> shape = new ArrayList<>(List.of((long) rows.size(), (long) width));
            var tensor = new Tensor(input.name(), Datatype.FP32, shape, new Values.Floats(elements));
            Values answers = runtime.infer(List.of(tensor)).getFirst().values();
            for (int row = 0; row < rows.size(); row++) {
                scores[at + row] = answers.number(row);
            }
        }
    }

    @Override
    public void close() {
        runtime.retire();
    }
}
