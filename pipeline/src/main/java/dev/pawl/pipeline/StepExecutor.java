package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunMachine.Event;
import dev.pawl.store.Jobs;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Turns jobs of the queue "step" into attempts and keeps what came of them. */
final class StepExecutor implements Worker.Handler {
    private final Store store;
    private final Definitions definitions;
    private final RunStore runs;
    private final StepStore steps;
    private final StepCacheStore cache;
    private final RunChanges changes;
    private final StepProcess process;
    private final Packages packages;
    private final Sources sources;
    private final StepCache found;
    private final Path scratch;

    StepExecutor(Orchestrator.Parts parts) {
        this.store = parts.store();
        this.definitions = parts.definitions();
        this.runs = parts.runs();
        this.steps = parts.steps();
        this.cache = parts.cache();
        this.changes = parts.changes();
        this.process = new StepProcess(parts);
        this.packages = parts.packages();
        this.sources = new Sources(store, runs);
        this.found = new StepCache(store, cache);
        this.scratch = parts.scratch();
    }

    /** @param done the outputs of the steps before */
    private record Task(StepRef ref, Run run, RunStep row, Map<StepName, SortedMap<String, Digest>> done) {}

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) throws InterruptedException {
        StepRef ref = StepRef.of(job.payload());
        Optional<Task> task = store.database().read(tx -> task(tx, ref));
        return task.isPresent() ? attempt(task.get()) : _ -> {};
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        StepRef ref = StepRef.of(job.payload());
        String text = StepFailure.trouble(ref, error);
        keep(tx, ref, new StepOutcome.Broke(text, false, Optional.empty()));
    }

    private Optional<Task> task(Tx tx, StepRef ref) {
        Map<StepName, RunStep> rows =
                steps.of(tx, ref.run()).stream().collect(Collectors.toMap(RunStep::name, row -> row));
        Map<StepName, SortedMap<String, Digest>> done =
                rows.values().stream().collect(Collectors.toMap(RunStep::name, RunStep::outputs));
        return runs.find(tx, ref.run())
                .filter(run -> !run.state().isOver())
                .flatMap(run -> Optional.ofNullable(rows.get(ref.step())).map(row -> new Task(ref, run, row, done)));
    }

    private Consumer<Tx> attempt(Task task) throws InterruptedException {
        StepOutcome outcome;
        try (Scratch folder = Scratch.in(scratch, store.ids().next())) {
            outcome = attemptIn(folder, task);
        } catch (PawlException e) {
            outcome = StepFailure.broke(task.ref(), e);
        }
        StepOutcome kept = outcome;
        return tx -> keep(tx, task.ref(), kept);
    }

    private StepOutcome attemptIn(Scratch folder, Task task) throws InterruptedException {
        process.endLeftover(task.ref());
        var spec = task.run().spec();
        Definition definition = definitions.get(spec.definition());
        Definition.Step step = definition.step(task.ref().step());
        Packages.Unpacked unpacked = packages.take(spec.packageDigest());
        try {
            StepInputs inputs = StepInputs.resolve(
                    definition,
                    step,
                    task.done(),
                    source -> sources.snapshot(spec, definition, source, unpacked.folder(), folder.root()));
            CacheKey key = CacheKey.of(step, unpacked, inputs.digests());
            Optional<StepOutcome> hit = step.cache() ? found.find(key, folder) : Optional.empty();
            return hit.isPresent()
                    ? hit.get()
                    : process.run(new StepProcess.Attempt(task.ref(), spec, step, unpacked, inputs, key, folder));
        } finally {
            packages.release(spec.packageDigest());
        }
    }

    private void keep(Tx tx, StepRef ref, StepOutcome outcome) {
        switch (outcome) {
            case StepOutcome.Done done ->
                changes.on(
                        tx, ref.run(), new Event.Completed(ref.step(), ref.attempt()), () -> keepDone(tx, ref, done));
            case StepOutcome.Found hit ->
                changes.on(
                        tx,
                        ref.run(),
                        new Event.FoundInCache(ref.step(), ref.attempt()),
                        () -> keepFound(tx, ref, hit));
            case StepOutcome.Broke broke ->
                changes.on(
                        tx,
                        ref.run(),
                        new Event.Broke(ref.step(), ref.attempt(), broke.error(), broke.mayRetry()),
                        () -> keepBroke(tx, ref, broke));
        }
    }

    private void keepDone(Tx tx, StepRef ref, StepOutcome.Done done) {
        steps.keepOutputs(tx, ref, done.outputs());
        steps.keepMetrics(tx, ref, done.metrics());
        steps.keepLog(tx, ref, done.log());
        var entry = new StepCacheStore.Entry(ref.run(), ref.step(), done.outputs());
        cache.put(tx, done.key().digest(), entry, store.clock().now());
    }

    private void keepFound(Tx tx, StepRef ref, StepOutcome.Found hit) {
        steps.keepKey(tx, ref, hit.key());
        steps.keepOutputs(tx, ref, hit.entry().outputs());
        steps.copyMetrics(tx, ref, hit.entry().run(), hit.entry().step());
        steps.keepSource(tx, ref, hit.entry().run());
    }

    private void keepBroke(Tx tx, StepRef ref, StepOutcome.Broke broke) {
        steps.keepError(tx, ref, broke.error());
        broke.log().ifPresent(log -> steps.keepLog(tx, ref, log));
    }
}
