package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import java.util.SortedMap;

/**
 * A run among many.
 *
 * @param metrics the last value of each, by {@code STEP.METRIC}: the one with the highest position, of equal ones the last reported
 * @param data its view of each source of data, by source
 */
public record SurveyedRun(Run run, SortedMap<String, Double> metrics, SortedMap<String, Digest> data) {}
