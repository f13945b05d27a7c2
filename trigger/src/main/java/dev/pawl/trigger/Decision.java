package dev.pawl.trigger;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a request for a run. Pure: all rules are in {@link #of}. */
sealed interface Decision {

    /** A run of its own. */
    record Start() implements Decision {}

    /** Another run answers it. */
    record Merge(RunId into) implements Decision {}

    /**
     * Somebody or something asks for a run.
     *
     * @param asOf the moment in event time whose data the run shall see
     * @param chosen whether a person chose that moment
     * @param cooldown in event time, for what asks by itself
     */
    record Request(Fact.Reason reason, Instant asOf, boolean chosen, Duration cooldown) {
        boolean automatic() {
            return reason.trigger() != Fact.Trigger.ON_DEMAND;
        }
    }

    /**
     * One run at a time; and what asks by itself waits for the cool-down since the last run that was asked for by itself and
     * has not failed. Both are merged into the run that was before, with their reason.
     */
    static Decision of(TriggerState state, Request request) {
        return state.open()
                .or(() -> coolingDown(state, request))
                .<Decision>map(Merge::new)
                .orElseGet(Start::new);
    }

    private static Optional<RunId> coolingDown(TriggerState state, Request request) {
        return state.automatic()
                .filter(_ -> request.automatic())
                .filter(last -> request.asOf().isBefore(last.asOf().plus(request.cooldown())))
                .map(TriggerState.Requested::run);
    }
}
