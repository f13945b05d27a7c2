package dev.pawl.pipeline;

import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.AttemptMachine.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a batch of events changed, run by run, to be written in one transaction ({@link ChangeStore}), and what is to be done
 * once it is committed. Of several changes to one row the last one counts.
 */
final class Changes {
    private final Instant now;
    private final Map<RunId, OfRun> runs = new LinkedHashMap<>();

    Changes(Instant now) {
        this.now = now;
    }

    /** When an attempt began: which executor runs it, and as which process. */
    record Beginning(String executor, Started process, String scratch) {}

    /** An attempt as its row says. */
    record AttemptRow(
            AttemptKey key,
            String state,
            Optional<Beginning> beginning,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<String> error,
            Optional<Digest> log) {}

    /** Of a step, what its attempts found out. */
    record Detail(Optional<CacheKey> key, Optional<RunId> cachedFrom, Optional<Digest> log) {
        static final Detail NONE = new Detail(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An artifact that went into a step or came out of it. */
    record Link(StepKey step, String role, String name, Digest artifact) {}

    record Timer(Instant at, StepKey step) {}

    /** All that changed in one run. */
    static final class OfRun {
        final LiveRun run;
        final Map<StepKey, StepRow> steps = new LinkedHashMap<>();
        final Map<StepKey, Detail> details = new LinkedHashMap<>();
        final Map<AttemptKey, AttemptRow> attempts = new LinkedHashMap<>();
        final Map<StepKey, List<MetricPoint>> metrics = new LinkedHashMap<>();
        final Map<StepKey, StepKey> copied = new LinkedHashMap<>();
        final Map<Digest, StepCacheStore.Entry> cached = new LinkedHashMap<>();
        final List<Link> links = new ArrayList<>();
        final List<Task> dispatched = new ArrayList<>();
        final List<AttemptKey> interrupted = new ArrayList<>();
        final List<Timer> timers = new ArrayList<>();
        final Set<StepKey> begun = new HashSet<>();
        boolean moved;

        OfRun(LiveRun run) {
            this.run = run;
        }
    }

    Instant now() {
        return now;
    }

    Collection<OfRun> runs() {
        return runs.values();
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    OfRun of(LiveRun run) {
        return runs.computeIfAbsent(run.spec().id(), _ -> new OfRun(run));
    }

    void run(LiveRun run) {
        of(run).moved = true;
    }

    void step(LiveRun run, Node node) {
        of(run).steps.put(node.key, StepRow.of(node));
    }

    void began(LiveRun run, AttemptKey key, Beginning beginning) {
        of(run).begun.add(key.step());
        of(run).attempts
                .put(
                        key,
                        new AttemptRow(
                                key,
                                StepState.RUNNING.name(),
                                Optional.of(beginning),
                                now,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    /** Such a step begins with its items. */
    void fannedOut(LiveRun run, Node node) {
        of(run).begun.add(node.key);
    }

    /** @param before as it stood: an attempt that never began leaves no row, unless it failed */
    void attemptEnded(LiveRun run, AttemptKey key, AttemptMachine.State before, Ending how, String error) {
        OfRun of = of(run);
        boolean began = before instanceof AttemptMachine.State.Running;
        if (!began && (how != Ending.FAILED && how != Ending.LOST)) {
            return;
        }
        Optional<AttemptRow> row = Optional.ofNullable(of.attempts.get(key));
        of.attempts.put(
                key,
                new AttemptRow(
                        key,
                        how.name(),
                        row.flatMap(AttemptRow::beginning),
                        before instanceof AttemptMachine.State.Running(Instant since) ? since : now,
                        Optional.of(now),
                        error.isEmpty() ? Optional.empty() : Optional.of(error),
                        Optional.ofNullable(of.details.get(key.step())).flatMap(Detail::log)));
    }

    void done(LiveRun run, Node node, StepOutcome.Done done) {
        OfRun of = of(run);
        of.details.put(node.key, new Detail(Optional.of(done.key()), Optional.empty(), done.log()));
        if (!done.metrics().isEmpty()) {
            of.metrics.put(node.key, done.metrics());
        }
        if (node.step.rules().cache()) {
            of.cached.put(done.key().digest(), new StepCacheStore.Entry(node.key, done.outputs()));
        }
        links(of, node.key, node.inputs, node.outputs);
    }

    void found(LiveRun run, Node node, StepOutcome.Found found) {
        OfRun of = of(run);
        of.details.put(
                node.key,
                new Detail(
                        Optional.of(found.key()),
                        Optional.of(found.entry().step().run()),
                        Optional.empty()));
        if (!found.metrics().isEmpty()) {
            of.metrics.put(node.key, found.metrics());
        }
        links(of, node.key, node.inputs, node.outputs);
    }

    void resumed(LiveRun run, Node node, StepKey earlier) {
        OfRun of = of(run);
        of.details.put(node.key, new Detail(Optional.empty(), Optional.of(earlier.run()), Optional.empty()));
        of.copied.put(node.key, earlier);
        links(of, node.key, node.inputs, node.outputs);
    }

    void collected(LiveRun run, Node node) {
        links(of(run), node.key, node.inputs, node.outputs);
    }

    void broke(LiveRun run, Node node, StepOutcome.Broke broke) {
        if (broke.log().isPresent()) {
            of(run).details.put(node.key, new Detail(Optional.empty(), Optional.empty(), broke.log()));
        }
    }

    void dispatch(LiveRun run, Task task) {
        of(run).dispatched.add(task);
    }

    void interrupt(LiveRun run, AttemptKey key) {
        of(run).interrupted.add(key);
    }

    void timer(LiveRun run, Instant at, StepKey step) {
        of(run).timers.add(new Timer(at, step));
    }

    private static void links(
            OfRun of, StepKey step, SortedMap<String, Digest> inputs, SortedMap<String, Digest> outputs) {
        inputs.forEach((name, digest) -> of.links.add(new Link(step, "INPUT", name, digest)));
        outputs.forEach((name, digest) -> of.links.add(new Link(step, "OUTPUT", name, digest)));
    }
}
