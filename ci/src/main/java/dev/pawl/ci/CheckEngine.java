package dev.pawl.ci;

import dev.pawl.executor.Executor;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.pipeline.StepTrials;

/**
 * What runs the things that are checked.
 *
 * @param runs takes runs of pipelines
 * @param cancellation ends those that take too long
 * @param steps runs steps by themselves
 * @param models serves models
 * @param executor that of the steps, whose Python environments builds and tests share
 */
public record CheckEngine(
        RunQueue runs, Cancellation cancellation, StepTrials steps, ModelTrials models, Executor executor) {}
