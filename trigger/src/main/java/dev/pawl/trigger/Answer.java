package dev.pawl.trigger;

import dev.pawl.kernel.RunId;
import java.time.Instant;

/**
 * What became of a request.
 *
 * @param run the run that answers it
 * @param merged whether that run was asked for before
 * @param asOf the moment in event time whose data that run sees
 */
public record Answer(RunId run, boolean merged, Instant asOf) {}
