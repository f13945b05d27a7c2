package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.pipeline.AttemptMachine.Ending;
import dev.pawl.pipeline.RunMachine.End;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.StepMachine.Event;
import dev.pawl.pipeline.StepMachine.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A run that this server has claimed, in memory. The machines decide what becomes of the run, its steps and attempts; this
 * carries it from one to the other and notes what changed. An event costs what it touches, however large the run is.
 *
 * <p>Belongs to the engine's thread. What is noted is true once it is committed; if that fails, the run is read again.
 */
final class LiveRun {
    private final RunSpec spec;
    private final long generation;
    private final int order;
    private final Optional<Definition> definition;
    private final RunGraph graph;
    private RunMachine.State state;

    /** @param definition empty if it cannot be read, and there are no steps then */
    LiveRun(
            RunSpec spec,
            long generation,
            int order,
            Optional<Definition> definition,
            RunGraph graph,
            RunMachine.State state) {
        this.spec = spec;
        this.generation = generation;
        this.order = order;
        this.definition = definition;
        this.graph = graph;
        this.state = state;
    }

    RunSpec spec() {
        return spec;
    }

    long generation() {
        return generation;
    }

    RunMachine.State state() {
        return state;
    }

    RunGraph graph() {
        return graph;
    }

    boolean isOver() {
        return state instanceof RunMachine.State.Over;
    }

    /** Begins a run that was never claimed before. */
    void begin(Changes changes) {
        on(new RunMachine.Event.Claimed(), changes);
        graph.steps().forEach(node -> changes.step(this, node));
        graph.steps().stream()
                .filter(node -> !node.isFinal() && node.waitingFor == 0)
                .forEach(node -> release(node, changes));
        settle(changes);
    }

    /** Takes up a run from its rows: what was under way and is not any more was lost with its server. */
    void takeUp(Predicate<AttemptKey> underWay, Changes changes) {
        for (Node node : graph.all().toList()) {
            switch (node.state) {
                case State.Trying _ when underWay.test(node.attemptKey(generation)) -> {}
                case State.Trying _
                when node.attempt instanceof AttemptMachine.State.Running ->
                    ended(node, Ending.LOST, "its server died", Optional.empty(), changes);
                case State.Trying _ -> changes.dispatch(this, task(node));
                case State.Pausing pausing -> changes.timer(this, pausing.until(), node.key);
                case State.Waiting _, State.FannedOut _ -> {}
                case State.Succeeded _, State.Cached _, State.Skipped _, State.Failed _, State.Cancelled _ -> {}
            }
        }
        settle(changes);
    }

    /** @return false if the attempt is not to begin: something else happened meanwhile. To hear of it twice is no harm. */
    boolean began(AttemptKey key, Changes.Beginning beginning, Changes changes) {
        Optional<Node> node = graph.current(key);
        var next = node.flatMap(at -> AttemptMachine.on(at.attempt, new AttemptMachine.Event.Began(), changes.now()));
        next.ifPresent(attempt -> {
            Node at = node.orElseThrow();
            at.attempt = attempt;
            at.startedAt = Optional.of(changes.now());
            changes.step(this, at);
            changes.began(this, key, beginning);
        });
        return node.filter(at -> at.attempt instanceof AttemptMachine.State.Running)
                .isPresent();
    }

    /** Lets the outcome of an attempt happen; one that comes too late is dropped. */
    void ended(AttemptKey key, StepOutcome outcome, Changes changes) {
        graph.current(key).ifPresent(node -> {
            switch (outcome) {
                case StepOutcome.Done done -> {
                    node.gave(done.key().inputs(), done.outputs());
                    changes.done(this, node, done);
                    ended(node, Ending.SUCCEEDED, "", Optional.empty(), changes);
                }
                case StepOutcome.Found found -> {
                    node.gave(found.key().inputs(), found.entry().outputs());
                    changes.found(this, node, found);
                    ended(node, Ending.CACHED, "", Optional.empty(), changes);
                }
                case StepOutcome.Declined(String because) ->
                    ended(node, Ending.DECLINED, because, Optional.empty(), changes);
                case StepOutcome.Expanded(var items) -> expanded(node, items, changes);
                case StepOutcome.Collected(var outputs) -> collected(node, outputs, changes);
                case StepOutcome.Broke broke -> broke(node, broke, changes);
            }
            settle(changes);
        });
    }

    void pauseOver(StepKey key, Changes changes) {
        graph.find(key).ifPresent(node -> apply(node, new Event.PauseOver(), changes));
    }

    void cancel(String because, Changes changes) {
        on(new RunMachine.Event.CancelRequested(because), changes);
        settle(changes);
    }

    /** Ends a run that cannot even begin. */
    void fail(String error, Changes changes) {
        on(new RunMachine.Event.StepFailed(error), changes);
        settle(changes);
    }

    private void expanded(Node node, List<SortedMap<String, Digest>> items, Changes changes) {
        graph.fanOut(node, items);
        if (apply(node, new Event.Expanded(items.size()), changes)) {
            changes.fannedOut(this, node);
            node.items.forEach(item -> release(item, changes));
        }
    }

    private void collected(Node node, SortedMap<String, Digest> outputs, Changes changes) {
        node.inputs = graph.read(node);
        node.outputs = outputs;
        changes.collected(this, node);
        apply(node, new Event.AttemptEnded(Ending.SUCCEEDED, "", Optional.empty()), changes);
    }

    private void broke(Node node, StepOutcome.Broke broke, Changes changes) {
        changes.broke(this, node, broke);
        ended(node, broke.how(), broke.error(), broke.again() ? node.pauseBeforeRetry() : Optional.empty(), changes);
    }

    private void ended(Node node, Ending how, String error, Optional<Duration> retry, Changes changes) {
        AttemptMachine.on(node.attempt, new AttemptMachine.Event.CameToAnEnd(how), changes.now())
                .ifPresent(attempt -> {
                    changes.attemptEnded(this, node.attemptKey(generation), node.attempt, how, error);
                    node.attempt = attempt;
                    apply(node, new Event.AttemptEnded(how, error, retry), changes);
                });
    }

    private boolean apply(Node node, Event event, Changes changes) {
        Optional<State> next = StepMachine.on(node.state, event, changes.now());
        next.ifPresent(state -> move(node, state, changes));
        return next.isPresent();
    }

    private void move(Node node, State next, Changes changes) {
        State before = node.state;
        if (before instanceof State.Trying && next instanceof State.Cancelled) {
            cutShort(node, changes);
        }
        graph.move(node, next);
        node.endedAt = next.isOver() ? Optional.of(changes.now()) : Optional.empty();
        if (next instanceof State.Trying) {
            node.attempt = new AttemptMachine.State.Queued();
            changes.dispatch(this, task(node));
        } else if (next instanceof State.Pausing pausing) {
            changes.timer(this, pausing.until(), node.key);
        }
        changes.step(this, node);
        follow(node, next, changes);
    }

    /** What the new state of one step means for the others. */
    private void follow(Node node, State state, Changes changes) {
        switch (state) {
            case State.Succeeded _, State.Cached _ -> node.next.forEach(next -> stepDone(next, changes));
            case State.Skipped(String because) -> skipped(node, because, changes);
            case State.Failed failed ->
                node.parent.ifPresentOrElse(
                        parent -> apply(parent, new Event.ItemFailed(failed.error()), changes),
                        () -> on(new RunMachine.Event.StepFailed(failed.error()), changes));
            case State.Waiting _, State.Trying _, State.Pausing _, State.FannedOut _, State.Cancelled _ -> {}
        }
    }

    private void stepDone(Node next, Changes changes) {
        next.waitingFor--;
        if (next.waitingFor == 0) {
            release(next, changes);
        }
    }

    private void skipped(Node node, String because, Changes changes) {
        if (!(state instanceof RunMachine.State.Running)) {
            return;
        }
        for (Node next : node.next) {
            if (next.needs(node)) {
                apply(next, new Event.NotNeeded("step '" + node.key + "' was skipped: " + because), changes);
            } else {
                stepDone(next, changes);
            }
        }
    }

    private void cutShort(Node node, Changes changes) {
        AttemptKey key = node.attemptKey(generation);
        AttemptMachine.on(node.attempt, new AttemptMachine.Event.CameToAnEnd(Ending.CANCELLED), changes.now())
                .ifPresent(attempt -> {
                    changes.attemptEnded(this, key, node.attempt, Ending.CANCELLED, "its run ended");
                    node.attempt = attempt;
                });
        changes.interrupt(this, key);
    }

    private void release(Node node, Changes changes) {
        apply(node, new Event.Released(node.firstPhase()), changes);
    }

    /** Looks whether what happened ended more than one step. */
    private void settle(Changes changes) {
        graph.fannedOutAndDone().forEach(node -> apply(node, new Event.ItemsDone(), changes));
        if (graph.open() == 0 && state instanceof RunMachine.State.Running) {
            on(new RunMachine.Event.StepsOver(graph.summary()), changes);
        }
        if (graph.openFinal() == 0 && state instanceof RunMachine.State.Finishing) {
            on(new RunMachine.Event.FinalStepsOver(), changes);
        }
    }

    private void on(RunMachine.Event event, Changes changes) {
        RunMachine.on(state, event).ifPresent(next -> {
            state = next;
            switch (next) {
                case RunMachine.State.Queued _, RunMachine.State.Running _ -> {}
                case RunMachine.State.Finishing(End end) -> {
                    stop(graph.all().filter(node -> !node.isFinal()), end, changes);
                    graph.steps().stream().filter(Node::isFinal).toList().forEach(node -> release(node, changes));
                }
                case RunMachine.State.Over(End end) -> stop(graph.all(), end, changes);
            }
            changes.run(this);
        });
    }

    private void stop(Stream<Node> nodes, End end, Changes changes) {
        Event event = end.outcome() == Outcome.CANCELLED ? new Event.RunCancelled() : new Event.RunFailed();
        nodes.filter(node -> !node.state.isOver()).toList().forEach(node -> apply(node, event, changes));
    }

    private Task task(Node node) {
        var phase = node.state instanceof State.Trying trying ? trying.phase() : StepMachine.Phase.RUN;
        return new Task(
                node.attemptKey(generation),
                phase,
                spec,
                definition.orElseThrow(),
                node.step,
                node.tries().failures(),
                graph.outputsBefore(node),
                node.inputs,
                phase == StepMachine.Phase.COLLECT
                        ? node.items.stream().map(item -> item.outputs).toList()
                        : List.of(),
                state instanceof RunMachine.State.Finishing(End end) ? Optional.of(end) : Optional.empty(),
                node.place,
                order);
    }
}
