package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import java.time.Duration;

/**
 * A run that a check wants.
 *
 * @param label tells it from the check's other runs
 * @param definition what it runs: the pipeline, or a part of it
 * @param sample how many rows of each source it sees
 */
record PlannedRun(String check, String label, Digest definition, int sample, Duration within) {}
