package dev.pawl.monitoring;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PredictionId;
import dev.pawl.store.Database;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes predictions so that many callers share one commit: they queue up, one thread writes all that have, and each goes on
 * when its own are on disk. Safe for use by many threads.
 */
final class PredictionLog implements AutoCloseable {
    /** The most predictions of one call. */
    static final int MOST_OF_A_CALL = 1_000;

    private static final int MOST_OF_A_COMMIT = 1_000;
    private static final int MOST_WAITING_KIB = 64 * 1024;
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Database database;
    private final Clock clock;
    private final PredictionStore store;
    private final BlockingQueue<Call> queue = new LinkedBlockingQueue<>(); // bounded by room
    private final Semaphore room = new Semaphore(MOST_WAITING_KIB);
    private final Thread writer;
    private volatile boolean open = true;
    private volatile boolean ended = false;

    PredictionLog(Database database, Clock clock, PredictionStore store) {
        this.database = database;
        this.clock = clock;
        this.store = store;
        // A platform thread: SQLite's commit would pin a carrier of the virtual threads that answer predictions.
        this.writer = Thread.ofPlatform().daemon().name("prediction-log").unstarted(this::loop);
    }

    private record Call(List<LoggedPrediction> predictions, CompletableFuture<List<LoggedPrediction>> answer) {}

    PredictionLog start() {
        writer.start();
        return this;
    }

    List<LoggedPrediction> record(List<LoggedPrediction> predictions) {
        Admission.requireLoggable(predictions);
        int size = kib(predictions);
        if (!open || !room.tryAcquire(size)) {
            throw PawlException.limit(
                    "prediction-log-full",
                    open
                            ? "More predictions wait to be logged than the %d MiB there is room for; call again in a moment, with the same id"
                                    .formatted(MOST_WAITING_KIB / 1024)
                            : "The prediction was not logged because the server is shutting down; call again later");
        }
        Call call = new Call(List.copyOf(predictions), new CompletableFuture<>());
        queue.add(call);
        failIfEnded();
        return answer(call, size);
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        open = false;
        queue.add(new Call(List.of(), new CompletableFuture<>())); // wakes the writer
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        failIfEnded();
    }

    /** Whoever queued up after the writer's last look must not wait for it. */
    private void failIfEnded() {
        if (ended) {
            List<Call> late = new ArrayList<>();
            queue.drainTo(late);
            late.forEach(call -> call.answer()
                    .completeExceptionally(PawlException.limit(
                            "prediction-log-full",
                            "The prediction was not logged because the server is shutting down; call again later")));
        }
    }

    private List<LoggedPrediction> answer(Call call, int size) {
        var _ = call.answer().whenComplete((_, _) -> room.release(size)); // also when nobody waits any more
        try {
            return call.answer().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw PawlException.external(
                    "prediction-log-slow",
                    "The prediction could not be logged within " + LONGEST_WAIT_SECONDS
                            + " s: is the disk or the database busy? Call again with the same id.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PawlException.external("interrupted", "The call was interrupted while its prediction was logged.", e);
        }
    }

    private static PawlException failure(Throwable cause) {
        return cause instanceof PawlException known
                ? known
                : PawlException.external(
                        "prediction-not-logged",
                        "The prediction could not be logged; nothing was recorded, call again with the same id: "
                                + cause.getMessage(),
                        cause);
    }

    private void loop() {
        while (open || !queue.isEmpty()) {
            try {
                write(nextGroup());
            } catch (InterruptedException e) {
                open = false;
            }
        }
    }

    private List<Call> nextGroup() throws InterruptedException {
        List<Call> group = new ArrayList<>();
        int predictions = 0;
        for (Call call = queue.take(); call != null; call = predictions < MOST_OF_A_COMMIT ? queue.poll() : null) {
            group.add(call);
            predictions += call.predictions().size();
        }
        return group;
    }

    private void write(List<Call> group) {
        try {
            List<Admission.Answer> answers = database.transact(tx -> write(tx, group));
            for (int i = 0; i < group.size(); i++) {
                answer(group.get(i), answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            group.forEach(call -> call.answer().completeExceptionally(e));
        }
    }

    private static void answer(Call call, Admission.Answer answer) {
        switch (answer) {
            case Admission.Recorded recorded -> call.answer().complete(recorded.predictions());
            case Admission.Refused refused -> call.answer().completeExceptionally(refused.because());
        }
    }

    private List<Admission.Answer> write(Tx tx, List<Call> group) {
        List<LoggedPrediction> all =
                group.stream().flatMap(call -> call.predictions().stream()).toList();
        PredictionStore.byVersion(all, LoggedPrediction::version).keySet().forEach(version -> store.hold(tx, version));
        List<PredictionId> ids =
                all.stream().map(LoggedPrediction::id).distinct().toList();
        Admission admission = new Admission(store.find(tx, ids));
        List<Admission.Answer> answers =
                group.stream().map(call -> admission.admit(call.predictions())).toList();
        store.insert(tx, admission.fresh(), clock.now());
        count(tx, admission.fresh());
        return answers;
    }

    private void count(Tx tx, List<LoggedPrediction> fresh) {
        PredictionStore.byVersion(fresh, LoggedPrediction::version)
                .forEach((version, some) -> store.count(tx, version, some.size(), earliest(some)));
    }

    private static Instant earliest(List<LoggedPrediction> some) {
        return some.stream()
                .map(LoggedPrediction::eventTime)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static int kib(List<LoggedPrediction> predictions) {
        long characters = predictions.stream()
                .mapToLong(it -> it.inputs().length() + it.outputs().length())
                .sum();
        return (int) Math.min(MOST_WAITING_KIB, predictions.size() + characters / 1024);
    }
}
