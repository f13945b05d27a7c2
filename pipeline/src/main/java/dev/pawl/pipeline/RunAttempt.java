package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.StepName;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt that began, or that failed before it could.
 *
 * @param item of a step that is fanned out
 * @param state RUNNING, or how it ended
 * @param executor worker, process or container
 * @param scratch its folder on its host while it runs; the log grows there
 * @param log once it ended
 */
public record RunAttempt(
        StepName step,
        Optional<Integer> item,
        int number,
        String state,
        String executor,
        String host,
        Optional<Long> pid,
        Optional<String> scratch,
        Optional<String> error,
        Optional<Digest> log,
        Instant startedAt,
        Optional<Instant> endedAt) {}
