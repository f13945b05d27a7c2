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
 * @param jdk of the server that made it, and of its workers
 * @param system operating system and kind of processor
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
        String jdk,
        String system,
        Optional<Long> pid,
        Optional<String> scratch,
        Optional<String> error,
        Optional<Digest> log,
        Instant startedAt,
        Optional<Instant> endedAt) {}
