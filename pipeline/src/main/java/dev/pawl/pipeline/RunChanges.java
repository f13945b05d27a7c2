package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunMachine.Event;
import dev.pawl.pipeline.RunMachine.State;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Carries out what {@link RunMachine} decides: rows, jobs and facts, in the transaction of what happened. */
final class RunChanges {
    static final String QUEUE = "step";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 6;

    private final Store store;
    private final Definitions definitions;
    private final RunStore runs;
    private final StepStore steps;
    private final RunningSteps running;

    RunChanges(Store store, Definitions definitions, RunStore runs, StepStore steps, RunningSteps running) {
        this.store = store;
        this.definitions = definitions;
        this.runs = runs;
        this.steps = steps;
        this.running = running;
    }

    /** A run whose definition cannot be read fails at once: whoever waits for its end is told. */
    void submit(Tx tx, RunSpec spec) {
        requireRight(spec);
        if (!runs.insert(tx, spec, store.clock().now())) {
            return;
        }
        try {
            steps.insert(tx, spec.id(), definitions.get(spec.definition()).steps());
        } catch (PawlException e) {
            end(tx, spec, new RunMachine.End(Fact.Outcome.FAILED, "its definition cannot be read: " + e.text(), now()));
            return;
        }
        on(tx, spec.id(), new Event.Submitted(), () -> {});
    }

    /**
     * Lets an event happen to a run.
     *
     * @param details writes what belongs to the event, before anybody learns of it
     * @return false if the event came too late; nothing was written then
     */
    boolean on(Tx tx, RunId id, Event event, Runnable details) {
        runs.lock(tx, id);
        Run run = runs.find(tx, id).orElseThrow(() -> unknown(id));
        if (run.state().isOver()) {
            return false;
        }
        RunMachine.Run before = machine(tx, run);
        Optional<RunMachine.Run> after = RunMachine.on(before, event, now());
        after.ifPresent(next -> {
            details.run();
            before.steps().forEach((name, step) -> move(tx, id, name, step, step(next, name)));
            next.end().ifPresent(end -> end(tx, run.spec(), end));
        });
        return after.isPresent();
    }

    static PawlException unknown(RunId id) {
        return PawlException.notFound("no-run", "There is no run " + id + "; `pawl runs` lists them.");
    }

    private void move(Tx tx, RunId run, StepName name, RunMachine.Step before, RunMachine.Step after) {
        if (before.state().equals(after.state())) {
            return;
        }
        steps.move(tx, run, name, after.state(), now());
        if (after.state() instanceof State.Ready(int attempt)) {
            StepRef step = new StepRef(run, name, attempt);
            store.jobs().add(tx, QUEUE, step.key(), step.payload(), now().plus(pause(attempt)));
        } else if (after.state() instanceof State.Cancelled || after.state() instanceof State.Skipped) {
            abandon(tx, run, name, before.state());
        }
    }

    private void abandon(Tx tx, RunId run, StepName name, State before) {
        attempt(before).map(attempt -> new StepRef(run, name, attempt)).ifPresent(step -> {
            store.jobs().remove(tx, QUEUE, step.key());
            tx.afterCommit(() -> running.end(step));
        });
    }

    private static Optional<Integer> attempt(State state) {
        return switch (state) {
            case State.Ready(int attempt) -> Optional.of(attempt);
            case State.Running(int attempt, Instant _) -> Optional.of(attempt);
            case State.Waiting _,
                    State.Succeeded _,
                    State.Cached _,
                    State.Failed _,
                    State.Skipped _,
                    State.Cancelled _ -> Optional.empty();
        };
    }

    private void end(Tx tx, RunSpec spec, RunMachine.End end) {
        runs.end(tx, spec.id(), RunState.of(end.outcome()), end.because(), end.at());
        store.ledger()
                .append(
                        tx,
                        new Fact.RunFinished(
                                spec.project(),
                                spec.id(),
                                spec.purpose(),
                                spec.environment(),
                                spec.packageDigest(),
                                spec.definition(),
                                spec.asOf(),
                                end.outcome(),
                                end.because(),
                                outputs(tx, spec.id())));
    }

    private SortedMap<String, Digest> outputs(Tx tx, RunId run) {
        SortedMap<String, Digest> outputs = new TreeMap<>();
        for (RunStep step : steps.of(tx, run)) {
            boolean only = step.outputs().size() == 1;
            step.outputs()
                    .forEach((name, digest) ->
                            outputs.put(only ? step.name().value() : step.name() + "." + name, digest));
        }
        return outputs;
    }

    private RunMachine.Run machine(Tx tx, Run run) {
        Definition definition = definitions.get(run.spec().definition());
        Map<StepName, RunMachine.Step> machine = new LinkedHashMap<>();
        for (RunStep row : steps.of(tx, run.spec().id())) {
            Definition.Step step = definition.step(row.name());
            var after = Definition.stepInputs(step.inputs()).stream()
                    .map(Definition.FromStep::step)
                    .collect(Collectors.toUnmodifiableSet());
            machine.put(row.name(), new RunMachine.Step(state(row), after, step.attempts()));
        }
        return new RunMachine.Run(machine, Optional.empty());
    }

    private static State state(RunStep row) {
        return switch (row.state()) {
            case WAITING -> new State.Waiting();
            case READY -> new State.Ready(row.attempt());
            case RUNNING -> new State.Running(row.attempt(), row.startedAt().orElse(Instant.EPOCH));
            case SUCCEEDED -> new State.Succeeded(row.attempt());
            case CACHED -> new State.Cached(row.attempt());
            case FAILED -> new State.Failed(row.attempt(), row.error().orElse(""));
            case SKIPPED -> new State.Skipped();
            case CANCELLED -> new State.Cancelled();
        };
    }

    private static RunMachine.Step step(RunMachine.Run run, StepName name) {
        RunMachine.Step step = run.steps().get(name);
        if (step == null) {
            throw new IllegalStateException("the machine lost step " + name);
        }
        return step;
    }

    /** None before the first attempt; then longer and longer. */
    private static Duration pause(int attempt) {
        return attempt == 1 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 2, MOST_DOUBLINGS));
    }

    private static void requireRight(RunSpec spec) {
        if (spec.sample().filter(rows -> rows < 1).isPresent()) {
            throw PawlException.user("bad-sample", "A sample must have at least 1 row");
        }
    }

    private Instant now() {
        return store.clock().now();
    }
}
