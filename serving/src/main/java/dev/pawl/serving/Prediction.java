package dev.pawl.serving;

import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PredictionId;
import java.time.Instant;

/**
 * One answer of a model, to be kept before it is given.
 *
 * @param id the request's id, or {@code id/0}, {@code id/1}, ... for the rows of a batch
 * @param version who answered
 * @param eventTime the moment in the world that the prediction belongs to
 * @param inputs a JSON object: feature name to value; equal inputs of one version give equal text. A missing number is null
 * @param outputs a JSON list of the output tensors as the protocol writes them; opaque to the log, given back as it is
 * @param value the first number among the outputs; NaN when the model gave text only, or gave NaN
 */
public record Prediction(
        PredictionId id, ModelVersion version, Instant eventTime, String inputs, String outputs, double value) {}
