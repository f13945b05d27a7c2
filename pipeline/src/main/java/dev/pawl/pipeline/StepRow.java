package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.StepMachine.Phase;
import dev.pawl.pipeline.StepMachine.State;
import dev.pawl.pipeline.StepMachine.Tries;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A step, or an item of one, as its row says: what a live run is read from and written to.
 *
 * @param phase what the attempt is for; {@link #FANNED_OUT} while the items are under way
 * @param notBefore when the next attempt is due, if one is waited for
 * @param error why it failed or was skipped
 */
record StepRow(
        StepKey key,
        int place,
        StepState state,
        String phase,
        Tries tries,
        Optional<Instant> notBefore,
        SortedMap<String, Digest> inputs,
        SortedMap<String, Digest> outputs,
        Optional<String> error,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {
    static final String FANNED_OUT = "FANNED_OUT";

    static StepRow of(Node node) {
        return switch (node.state) {
            case State.Waiting _ -> row(node, StepState.WAITING, Phase.RUN.name(), Tries.NONE);
            case State.Trying(Phase phase, Tries tries) ->
                row(
                        node,
                        node.attempt instanceof AttemptMachine.State.Running ? StepState.RUNNING : StepState.READY,
                        phase.name(),
                        tries);
            case State.Pausing(Phase phase, Tries tries, Instant until) ->
                row(node, StepState.PAUSING, phase.name(), tries).due(until);
            case State.FannedOut(Tries tries) -> row(node, StepState.RUNNING, FANNED_OUT, tries);
            case State.Succeeded(Tries tries) -> row(node, StepState.SUCCEEDED, Phase.RUN.name(), tries);
            case State.Cached(Tries tries) -> row(node, StepState.CACHED, Phase.RUN.name(), tries);
            case State.Skipped(String because) ->
                row(node, StepState.SKIPPED, Phase.RUN.name(), Tries.NONE).because(because);
            case State.Failed(Tries tries, String error) ->
                row(node, StepState.FAILED, Phase.RUN.name(), tries).because(error);
            case State.Cancelled _ -> row(node, StepState.CANCELLED, Phase.RUN.name(), Tries.NONE);
        };
    }

    State stepState() {
        return switch (state) {
            case WAITING -> new State.Waiting();
            case READY -> new State.Trying(Phase.valueOf(phase), tries);
            case RUNNING ->
                phase.equals(FANNED_OUT) ? new State.FannedOut(tries) : new State.Trying(Phase.valueOf(phase), tries);
            case PAUSING -> new State.Pausing(Phase.valueOf(phase), tries, notBefore.orElse(Instant.EPOCH));
            case SUCCEEDED -> new State.Succeeded(tries);
            case CACHED -> new State.Cached(tries);
            case SKIPPED -> new State.Skipped(error.orElse(""));
            case FAILED -> new State.Failed(tries, error.orElse(""));
            case CANCELLED -> new State.Cancelled();
        };
    }

    AttemptMachine.State attemptState() {
        return state == StepState.RUNNING
                ? new AttemptMachine.State.Running(startedAt.orElse(Instant.EPOCH))
                : new AttemptMachine.State.Queued();
    }

    private static StepRow row(Node node, StepState state, String phase, Tries tries) {
        return new StepRow(
                node.key,
                node.place,
                state,
                phase,
                tries,
                Optional.empty(),
                node.inputs,
                node.outputs,
                Optional.empty(),
                node.startedAt,
                node.endedAt);
    }

    private StepRow due(Instant until) {
        return new StepRow(
                key, place, state, phase, tries, Optional.of(until), inputs, outputs, error, startedAt, endedAt);
    }

    private StepRow because(String text) {
        return new StepRow(
                key, place, state, phase, tries, notBefore, inputs, outputs, Optional.of(text), startedAt, endedAt);
    }
}
