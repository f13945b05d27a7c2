package dev.pawl.pipeline;

import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Ending;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Folders;
import dev.pawl.executor.Program;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Secrets.Secret;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Makes attempts: from what is due to what came of it. Safe for use by many threads; an attempt occupies its thread. */
final class StepAttempt {
    private final Store store;
    private final Executor executor;
    private final Packages packages;
    private final Sources sources;
    private final StepCache cache;
    private final StepSecrets secrets;
    private final Set<String> pools;
    private final Path scratch;
    private final Telling engine;
    private final Flights flights = new Flights();

    /** Where what happens is told. */
    interface Telling {
        void tell(Signal signal);
    }

    /**
     * @param pools that this server has
     * @param scratch for the folders of attempts
     */
    StepAttempt(
            Store store,
            Executor executor,
            Packages packages,
            Sources sources,
            StepCache cache,
            StepSecrets secrets,
            Set<String> pools,
            Path scratch,
            Telling engine) {
        this.store = store;
        this.executor = executor;
        this.packages = packages;
        this.sources = sources;
        this.cache = cache;
        this.secrets = secrets;
        this.pools = pools;
        this.scratch = scratch;
        this.engine = engine;
    }

    /** Never throws: whatever goes wrong is an outcome. */
    void make(Task task) {
        try (Flights.Seat seat = flights.seat()) {
            engine.tell(new Signal.Ended(task.key(), outcome(task, seat), seat::leave));
        }
    }

    private StepOutcome outcome(Task task, Flights.Seat seat) {
        try {
            return switch (task.phase()) {
                case EXPAND -> expand(task);
                case COLLECT -> new StepOutcome.Collected(ListItems.collect(task, store.artifacts()));
                case RUN -> run(task, seat);
            };
        } catch (InterruptedException e) {
            return StepFailure.interrupted();
        } catch (PawlException e) {
            return Thread.currentThread().isInterrupted() ? StepFailure.interrupted() : StepFailure.broke(task, e);
        } catch (RuntimeException | Error e) {
            System.getLogger(StepAttempt.class.getName()).log(System.Logger.Level.ERROR, "attempt " + task.key(), e);
            return StepFailure.lost(task, e);
        }
    }

    /** The condition of a fanned-out step is asked once, before its items are known. */
    private StepOutcome expand(Task task) {
        Optional<String> declined = new Condition(task, wholeInputs(task), store.artifacts()).declined();
        return declined.isPresent()
                ? new StepOutcome.Declined(declined.get())
                : new StepOutcome.Expanded(ListItems.of(task, store.artifacts()));
    }

    private static StepInputs wholeInputs(Task task) {
        return StepInputs.resolve(task, source -> Digest.of(source)); // what a condition may ask is no data
    }

    private StepOutcome run(Task task, Flights.Seat seat) throws InterruptedException {
        requirePool(task.step().rules().pool());
        Digest packageDigest = task.run().packageDigest();
        try (Scratch folder = Scratch.in(scratch, store.ids().next())) {
            Packages.Unpacked unpacked = packages.take(packageDigest);
            try {
                return run(task, seat, unpacked, folder);
            } finally {
                packages.release(packageDigest);
            }
        }
    }

    private StepOutcome run(Task task, Flights.Seat seat, Packages.Unpacked whole, Scratch folder)
            throws InterruptedException {
        StepInputs inputs = StepInputs.resolve(
                task, source -> sources.snapshot(task.run(), task.definition(), source, whole.folder(), folder.root()));
        Packages.Unpacked code = packages.code(task.definition(), task.step(), whole);
        try {
            return run(task, seat, inputs, code, folder);
        } finally {
            packages.release(code.digest());
        }
    }

    private StepOutcome run(Task task, Flights.Seat seat, StepInputs inputs, Packages.Unpacked code, Scratch folder)
            throws InterruptedException {
        if (!task.key().step().isItem()) {
            Optional<String> declined = new Condition(task, inputs, store.artifacts()).declined();
            if (declined.isPresent()) {
                return new StepOutcome.Declined(declined.get());
            }
        }
        SortedMap<String, Secret> known = secrets.of(task.run(), task.step());
        CacheKey key = CacheKey.of(task.step(), code, inputs, StepSecrets.versions(task.step(), known));
        ReadyStep ready = new ReadyStep(task, code, inputs, known, key, folder);
        var rules = task.step().rules();
        boolean again = task.run().reproduces().isPresent();
        return rules.cache() && !rules.always() && !again ? foundOrExecuted(ready, seat) : execute(ready);
    }

    private StepOutcome foundOrExecuted(ReadyStep ready, Flights.Seat seat) throws InterruptedException {
        Optional<StepOutcome> made = seat.take(ready.key().digest())
                .map(hit -> new StepOutcome.Found(ready.key(), hit.entry(), hit.metrics()));
        Optional<StepOutcome> found = made.isPresent() ? made : cache.find(ready.key());
        StepOutcome outcome = found.isPresent() ? found.get() : execute(ready);
        switch (outcome) {
            case StepOutcome.Done done ->
                seat.made(new Flights.Made(
                        new StepCacheStore.Entry(ready.task().key().step(), done.outputs()), done.metrics()));
            case StepOutcome.Found hit -> seat.made(new Flights.Made(hit.entry(), hit.metrics()));
            case StepOutcome.Declined _, StepOutcome.Expanded _, StepOutcome.Collected _, StepOutcome.Broke _ -> {}
        }
        return outcome;
    }

    private StepOutcome execute(ReadyStep ready) throws InterruptedException {
        Ending ending = executor.run(ready.execution(store.artifacts()), started -> began(ready, started));
        Optional<Digest> log = log(ready.folder());
        return ending.succeeded() ? done(ready, ending, log) : StepFailure.ended(ready.task(), ending, log);
    }

    private StepOutcome done(ReadyStep ready, Ending ending, Optional<Digest> log) {
        try {
            var metrics =
                    StepMetrics.read(ready.task().step().name(), ready.folder().metrics());
            return new StepOutcome.Done(ready.key(), ready.outputs().keep(store.artifacts()), metrics, log);
        } catch (PawlException e) {
            return switch (e.kind()) {
                case USER, LIMIT -> StepFailure.badResult(ready.task(), e, ending, log);
                case NOT_FOUND, CONFLICT, EXTERNAL, INTERNAL -> throw e;
            };
        }
    }

    /**
     * A process of its own begins only when it is known durably, so that a restart finds and ends what a dead server left. A
     * worker ends with its server by itself: nobody has to wait for the commit.
     */
    private void began(ReadyStep ready, Started started) {
        Program program = ready.program();
        String name = executor.name(program);
        CompletableFuture<Boolean> current = new CompletableFuture<>();
        engine.tell(new Signal.Began(
                ready.task().key(),
                new Changes.Beginning(name, started, ready.folder().root().toString()),
                current));
        switch (program) {
            case Program.JavaCall _ -> {}
            case Program.CommandLine _ -> requireCurrent(current);
        }
    }

    private static void requireCurrent(CompletableFuture<Boolean> current) {
        try {
            if (!current.get()) {
                throw PawlException.conflict("attempt-over", "its run ended before it began");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PawlException.conflict("attempt-over", "its run ended before it began");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Digest> log(Scratch folder) {
        try {
            boolean printed = Files.exists(folder.log()) && Files.size(folder.log()) > 0;
            return printed ? Optional.of(store.artifacts().put(folder.log())) : Optional.empty();
        } catch (IOException e) {
            throw Folders.trouble("read " + folder.log(), e);
        }
    }

    private void requirePool(String pool) {
        if (!pools.contains(pool)) {
            throw PawlException.user(
                    "no-pool",
                    "it wants a place in the pool '%s'; this server has %s. Start it with --pool %s=PLACES, or correct 'pool' in pawl.yaml."
                            .formatted(pool, pools, pool));
        }
    }
}
