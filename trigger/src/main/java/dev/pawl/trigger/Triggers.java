package dev.pawl.trigger;

import dev.pawl.definition.TriggerRule;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A deployed pipeline with what may start it.
 *
 * @param eventTime how far the world it watches has come, if that is known
 * @param openRun the run that was asked for and has not ended
 * @param lastRun the last one asked for, with the data it saw
 * @param lastReason the last reason that was told, also of a request that was merged
 */
public record Triggers(
        DeployedPipeline pipeline,
        List<TriggerRule> rules,
        Optional<Instant> eventTime,
        Optional<RunId> openRun,
        Optional<RunId> lastRun,
        Optional<Instant> lastAsOf,
        Optional<Fact.Reason> lastReason) {}
