package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.Definition.StepRules;
import dev.pawl.executor.Ending;
import dev.pawl.executor.Execution;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Observed;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * Runs one step by itself, on inputs that are at hand, as a run would: the same code, contract and limits. Nothing of it is
 * recorded and nothing comes from the cache; a trial that is cut short leaves what the executor ends and removes at its next start.
 *
 * <p>Safe for use by many threads. A trial occupies its thread and takes no place in a pool: whoever makes many bounds them.
 */
public final class StepTrials {
    private static final RunMachine.End WENT_WELL = new RunMachine.End(Fact.Outcome.SUCCEEDED, "");

    private final Store store;
    private final Executor executor;
    private final Packages packages;
    private final StepSecrets secrets;
    private final Path scratch;
    private final ConcurrentMap<String, Semaphore> turns = new ConcurrentHashMap<>();

    StepTrials(Store store, Executor executor, Packages packages, StepSecrets secrets, Path scratch) {
        this.store = store;
        this.executor = executor;
        this.packages = packages;
        this.secrets = secrets;
        this.scratch = scratch;
    }

    /**
     * What to try.
     *
     * @param as the run whose package, definition and moment the step sees
     * @param inputs artifacts by input; of a step that is fanned out, those of one element
     * @param within it is ended after this, or after its own timeout if that is shorter
     */
    public record Trial(RunQueue.RunSpec as, StepName step, SortedMap<String, Digest> inputs, Duration within) {
        /** The same with another content of one input. */
        public Trial with(String input, Digest content) {
            SortedMap<String, Digest> others = new TreeMap<>(inputs);
            others.put(input, content);
            return new Trial(as, step, others, within);
        }
    }

    /** What came of a trial. */
    public sealed interface Result {
        /**
         * It kept the contract.
         *
         * @param observed what it read beside its inputs, if it was observed
         */
        record Gave(SortedMap<String, Digest> outputs, List<MetricPoint> metrics, Observed observed)
                implements Result {}

        /** It said that it succeeded, but its outputs or metrics are not what it declared; in words. */
        record BrokeContract(String error) implements Result {}

        record Failed(Ending ending) implements Result {}
    }

    /**
     * Those of steps that want a pool of their own, or more than one processor, are made one at a time for each pool: what such a pool stands
     * for, a GPU for example, is there once.
     *
     * @throws PawlException if the platform, or what pawl.yaml says, does not let it run
     */
    public Result make(Definition definition, Trial trial) throws InterruptedException {
        return inTurn(definition, trial, ready -> result(ready, ready.execution(store.artifacts())));
    }

    /** The same, and the executor looks what the step reads beside its inputs. */
    public Result observe(Definition definition, Trial trial) throws InterruptedException {
        return inTurn(
                definition,
                trial,
                ready -> result(ready, ready.execution(store.artifacts()).watched()));
    }

    private Result inTurn(Definition definition, Trial trial, Use<Result> use) throws InterruptedException {
        StepRules rules = definition.step(trial.step()).rules();
        if (rules.pool().equals(StepRules.DEFAULT_POOL) && rules.resources().cpus() == 1) {
            return with(definition, trial, use);
        }
        Semaphore turn = turns.computeIfAbsent(rules.pool(), _ -> new Semaphore(1));
        turn.acquire();
        try {
            return with(definition, trial, use);
        } finally {
            turn.release();
        }
    }

    /** All that the outcome of a trial depends on, as one digest: the key that the step cache would have. */
    public Digest key(Definition definition, Trial trial) throws InterruptedException {
        return with(definition, trial, ready -> ready.key().digest());
    }

    private interface Use<T> {
        T of(ReadyStep ready) throws InterruptedException;
    }

    /** Its package is there, and its folder, as long as it is used. */
    private <T> T with(Definition definition, Trial trial, Use<T> use) throws InterruptedException {
        Step step = limited(definition.step(trial.step()), trial.within());
        Digest packageDigest = trial.as().packageDigest();
        Packages.Unpacked whole = packages.take(packageDigest);
        try (Scratch folder = Scratch.in(scratch, store.ids().next())) {
            Packages.Unpacked code = packages.code(definition, step, whole);
            try {
                return use.of(ready(definition, trial, step, code, folder));
            } finally {
                packages.release(code.digest());
            }
        } finally {
            packages.release(packageDigest);
        }
    }

    private ReadyStep ready(Definition definition, Trial trial, Step step, Packages.Unpacked code, Scratch folder) {
        var known = secrets.of(trial.as(), step);
        StepInputs inputs = new StepInputs(definition, step.inputs(), trial.inputs());
        CacheKey key = CacheKey.of(step, code, inputs, StepSecrets.versions(step, known));
        return new ReadyStep(task(definition, trial, step), code, inputs, known, key, folder);
    }

    private static Task task(Definition definition, Trial trial, Step step) {
        StepKey key = new StepKey(trial.as().id(), trial.step(), step.isFannedOut() ? 0 : StepKey.WHOLE);
        return new Task(
                new AttemptKey(key, 1, 0),
                StepMachine.Phase.RUN,
                trial.as(),
                definition,
                step,
                0,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                List.of(),
                step.rules().always() ? Optional.of(WENT_WELL) : Optional.empty(),
                0,
                0);
    }

    private Result result(ReadyStep ready, Execution execution) throws InterruptedException {
        Ending ending = executor.run(execution, _ -> {});
        if (!ending.succeeded()) {
            return new Result.Failed(ending);
        }
        try {
            var metrics =
                    StepMetrics.read(ready.task().step().name(), ready.folder().metrics());
            return new Result.Gave(ready.outputs().keep(store.artifacts()), metrics, ending.observed());
        } catch (PawlException e) {
            return switch (e.kind()) {
                case USER, LIMIT -> new Result.BrokeContract(e.text());
                case NOT_FOUND, CONFLICT, EXTERNAL, INTERNAL -> throw e;
            };
        }
    }

    private static Step limited(Step step, Duration within) {
        StepRules rules = step.rules();
        var limited = new StepRules(
                rules.when(),
                rules.always(),
                rules.retry(),
                rules.timeout().compareTo(within) < 0 ? rules.timeout() : within,
                rules.cache(),
                rules.resources(),
                rules.pool(),
                rules.secrets(),
                rules.tags());
        return new Step(step.name(), step.command(), step.inputs(), step.parameters(), step.outputs(), limited);
    }
}
