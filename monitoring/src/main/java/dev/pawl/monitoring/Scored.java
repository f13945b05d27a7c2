package dev.pawl.monitoring;

import java.time.Instant;

/**
 * A row whose truth is known, with what a model makes of it.
 *
 * @param time event time
 */
public record Scored(Instant time, double predicted, double actual) {}
