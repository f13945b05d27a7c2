package dev.pawl.trigger;

import dev.pawl.kernel.BackfillId;
import java.time.Instant;
import java.util.Optional;

/**
 * Runs of a deployed pipeline over a range of event time, as one thing.
 *
 * @param pipeline what was deployed when it was asked for: all of its runs are of this package
 * @param reason why, for people
 */
public record Backfill(
        BackfillId id,
        DeployedPipeline pipeline,
        BackfillPlan plan,
        String reason,
        BackfillState state,
        Tally tally,
        Instant createdAt,
        Optional<Instant> endedAt) {

    BackfillMachine.State machine() {
        return state.with(tally);
    }
}
