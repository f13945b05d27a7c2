package dev.pawl.monitoring;

import java.time.Instant;
import java.util.Optional;

/**
 * A logged prediction with its label, if that has come.
 *
 * @param loggedAt wall time
 * @param knownAt of the label, event time
 */
public record LabelledPrediction(
        LoggedPrediction prediction, Instant loggedAt, Optional<Double> label, Optional<Instant> knownAt) {}
