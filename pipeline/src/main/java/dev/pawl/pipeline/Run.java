package dev.pawl.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * A run as it stands now.
 *
 * @param because why it ended so; empty text while it runs
 * @param startedAt when a server first had room for it
 */
public record Run(
        RunQueue.RunSpec spec,
        RunState state,
        String because,
        Instant submittedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {}
