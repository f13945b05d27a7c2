package dev.pawl.monitoring;

import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PredictionId;
import java.time.Instant;

/**
 * One answer of the prediction service.
 *
 * @param eventTime when it holds in the world; decides the window it falls into
 * @param inputs what was asked, as text; a repeated id must come with the same text
 * @param outputs what was answered, as text
 * @param value the number that its label will be compared with
 */
public record LoggedPrediction(
        PredictionId id, ModelVersion version, Instant eventTime, String inputs, String outputs, double value) {}
