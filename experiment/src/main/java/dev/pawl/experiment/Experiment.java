package dev.pawl.experiment;

import dev.pawl.kernel.RunId;
import java.time.Instant;

/**
 * A run from a working copy: the run itself is the orchestrator's, this is where it came from.
 *
 * @param variation what it had otherwise than the working copy
 */
public record Experiment(RunId run, String folder, SourceState source, Variation variation, Instant startedAt) {}
