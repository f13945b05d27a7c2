package dev.pawl.pipeline;

import dev.pawl.kernel.StepName;

/**
 * A value that a step reported.
 *
 * @param position the step of the training it belongs to; 0 if it has none
 * @param value finite
 */
public record MetricPoint(StepName step, String name, long position, double value) {}
