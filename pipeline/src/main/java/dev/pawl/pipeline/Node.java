package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Retry;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A step of a live run, or one item of a step that is fanned out: its state and its place among the others. Belongs to the
 * engine's thread.
 */
final class Node {
    final StepKey key;
    final Step step;
    final int place;

    /** The fanned-out step that this is an item of. */
    final Optional<Node> parent;

    /** The steps that read from this one. */
    final List<Node> next = new ArrayList<>();

    /** In their order; empty until the step is fanned out. */
    List<Node> items = List.of();

    /** How many of the steps that it reads from are not done. */
    int waitingFor;

    /** How many of its items are not over. */
    int openItems;

    StepMachine.State state = new StepMachine.State.Waiting();
    AttemptMachine.State attempt = new AttemptMachine.State.Queued();

    /** Of an item: what of each list it takes. Of a step that is over: what it read. */
    SortedMap<String, Digest> inputs = Collections.emptySortedMap();

    SortedMap<String, Digest> outputs = Collections.emptySortedMap();
    Optional<Instant> startedAt = Optional.empty();
    Optional<Instant> endedAt = Optional.empty();

    private Node(StepKey key, Step step, int place, Optional<Node> parent) {
        this.key = key;
        this.step = step;
        this.place = place;
        this.parent = parent;
    }

    static Node of(RunId run, Step step, int place) {
        return new Node(new StepKey(run, step.name(), StepKey.WHOLE), step, place, Optional.empty());
    }

    /** @param each what it takes of each list */
    Node item(int item, SortedMap<String, Digest> each) {
        Node node = new Node(new StepKey(key.run(), key.step(), item), step, place, Optional.of(this));
        node.inputs = each;
        return node;
    }

    void gave(SortedMap<String, Digest> read, SortedMap<String, Digest> made) {
        inputs = read;
        outputs = made;
    }

    /** Whether it cannot do without what another one gives. */
    boolean needs(Node before) {
        return Definition.stepInputs(step.inputs()).stream()
                .anyMatch(input -> input.step().equals(before.key.step()) && !input.optional());
    }

    /** Whether nothing of it had to run; of a step that is fanned out, none of its items. */
    boolean isFromCache() {
        return state instanceof StepMachine.State.Cached
                || (!items.isEmpty() && items.stream().allMatch(Node::isFromCache));
    }

    /** The attempt under way. */
    AttemptKey attemptKey(long generation) {
        return new AttemptKey(key, tries().attempt(), generation);
    }

    boolean isFinal() {
        return step.rules().always();
    }

    /** Of attempts made so far; those of a step that waits or is over do not matter any more. */
    StepMachine.Tries tries() {
        return state instanceof StepMachine.State.Trying trying ? trying.tries() : StepMachine.Tries.NONE;
    }

    /** After one more failure; empty if there have been as many as there may be. */
    Optional<Duration> pauseBeforeRetry() {
        Retry retry = step.rules().retry();
        int failures = tries().failures() + 1;
        return failures < retry.attempts() ? Optional.of(retry.pause(failures)) : Optional.empty();
    }

    /** What the step itself has to be released for; an item's program is run at once. */
    StepMachine.Phase firstPhase() {
        return step.isFannedOut() && !key.isItem() ? StepMachine.Phase.EXPAND : StepMachine.Phase.RUN;
    }
}
