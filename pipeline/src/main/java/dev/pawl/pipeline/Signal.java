package dev.pawl.pipeline;

import java.util.concurrent.CompletableFuture;

/** What others tell the engine. */
sealed interface Signal {
    /** @param current learns whether the attempt is still wanted, once that it began is durable */
    record Began(AttemptKey key, Changes.Beginning beginning, CompletableFuture<Boolean> current) implements Signal {}

    /** @param settled is run once the end is durable */
    record Ended(AttemptKey key, StepOutcome outcome, Runnable settled) implements Signal {}

    /** There may be runs to claim, or to cancel. */
    record Look() implements Signal {}
}
