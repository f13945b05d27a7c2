package dev.pawl.monitoring;

import dev.pawl.kernel.PredictionId;
import java.time.Instant;

/**
 * What really happened.
 *
 * @param knownAt the moment in event time from which it could be known
 */
public record Label(PredictionId prediction, double value, Instant knownAt) {}
