package dev.pawl.pipeline;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Changes.OfRun;
import dev.pawl.pipeline.RunStore.Owned;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves all runs that this server has, on one thread: takes what has happened, decides in memory, writes it all in one
 * transaction, and only then acts. So a thousand steps that end at the same time cost one commit, and nobody waits for a lock.
 *
 * <p>The database is the only truth: if a transaction fails, the runs that it was about are read again and the same events
 * are handled anew. The source of the shape is Netflix Maestro's flow engine (2025).
 */
final class Engine {
    /** So many runs are in memory at a time; others wait in the database until these have ended. */
    static final int MOST_LIVE = 256;

    private static final Logger LOG = System.getLogger(Engine.class.getName());
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Store store;
    private final RunStore runs;
    private final Claims claims;
    private final RunLoader loader;
    private final ChangeStore changes;
    private final Dispatcher dispatcher;

    private final Inbox inbox = new Inbox();
    private final Map<RunId, LiveRun> live = new HashMap<>();

    /** Runs of this server to be read: they were just claimed, or what was written about them failed. */
    private final Set<RunId> toReload = new LinkedHashSet<>();

    private Instant nextPoll = Instant.MIN;
    private volatile boolean open = true;
    private volatile Optional<String> trouble = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    Engine(Store store, RunStore runs, Claims claims, RunLoader loader, ChangeStore changes, Dispatcher dispatcher) {
        this.store = store;
        this.runs = runs;
        this.claims = claims;
        this.loader = loader;
        this.changes = changes;
        this.dispatcher = dispatcher;
    }

    /** A platform thread: SQLite's native calls would hold on to the few that carry virtual ones. */
    void start() {
        thread = Optional.of(Thread.ofPlatform().daemon().name("engine").start(this::loop));
    }

    /** Handles what is there and ends. */
    void stop() {
        open = false;
        inbox.look();
        thread.ifPresent(Engine::join);
    }

    /** What keeps the engine from going on, if anything does. */
    Optional<String> trouble() {
        return trouble;
    }

    void tell(Signal signal) {
        inbox.tell(signal);
    }

    /** Lets the engine look for runs to claim or to cancel; when there is much to do it will come to that by itself. */
    void look() {
        inbox.look();
    }

    private void loop() {
        List<Signal> batch = new ArrayList<>();
        Duration pause = FIRST_PAUSE;
        while (open || !inbox.isEmpty() || !batch.isEmpty()) {
            try {
                if (batch.isEmpty()) {
                    take(batch);
                }
                handle(batch);
                batch.clear();
                trouble = Optional.empty();
                pause = FIRST_PAUSE;
            } catch (RuntimeException | Error e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
                LOG.log(Level.ERROR, "the engine could not go on and will try again", e);
                if (!open) {
                    return; // what is in the database is what the next start goes on from
                }
                waitFor(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private void take(List<Signal> batch) {
        try {
            inbox.take(batch, nextPoll, store.clock().now());
        } catch (InterruptedException e) {
            open = false;
        }
    }

    private void handle(List<Signal> batch) {
        Instant now = store.clock().now();
        Changes noted = new Changes(now);
        try {
            reload(noted);
            if (open && (!now.isBefore(nextPoll) || batch.stream().anyMatch(Signal.Look.class::isInstance))) {
                poll(noted, now);
            }
            inbox.due(now)
                    .forEach(timer -> Optional.ofNullable(live.get(timer.step().run()))
                            .ifPresent(run -> run.pauseOver(timer.step(), noted)));
            List<Signal.Began> current = batch.stream()
                    .flatMap(signal -> happen(signal, noted).stream())
                    .toList();
            commit(noted);
            batch.forEach(signal -> answer(signal, current));
        } catch (RuntimeException | Error e) {
            noted.runs().forEach(of -> forget(of.run.spec().id()));
            throw e;
        }
    }

    /** Once it is durable, whoever told of it may go on. */
    private void answer(Signal signal, List<Signal.Began> current) {
        switch (signal) {
            case Signal.Began began -> began.current().complete(current.contains(began));
            case Signal.Ended ended -> {
                dispatcher.settled(ended.key());
                ended.settled().run();
            }
            case Signal.Look _ -> {}
        }
    }

    /** @return the signal, if it says that a wanted attempt began */
    private Optional<Signal.Began> happen(Signal signal, Changes noted) {
        switch (signal) {
            case Signal.Began began -> {
                boolean wanted = run(began.key())
                        .filter(run -> run.began(began.key(), began.beginning(), noted))
                        .isPresent();
                return wanted ? Optional.of(began) : Optional.empty();
            }
            case Signal.Ended ended ->
                run(ended.key()).ifPresent(run -> run.ended(ended.key(), ended.outcome(), noted));
            case Signal.Look _ -> {}
        }
        return Optional.empty();
    }

    private Optional<LiveRun> run(AttemptKey key) {
        return Optional.ofNullable(live.get(key.run())).filter(run -> run.generation() == key.generation());
    }

    /**
     * Claims what there is room for, and cancels what somebody wants to be cancelled. What this server has is what the database
     * says: a claim whose commit was not answered is found here, and a run that another server took meanwhile is let go.
     */
    private void poll(Changes noted, Instant now) {
        nextPoll = now.plus(POLL);
        int room = MOST_LIVE - live.size();
        if (room > 0) {
            claims.claim(room, dispatcher::spare);
        }
        Map<RunId, Owned> owned = store.database().read(tx -> runs.owned(tx, claims.server()));
        List.copyOf(live.values()).stream().filter(run -> !isStill(run, owned)).forEach(this::lost);
        owned.keySet().stream().filter(id -> !live.containsKey(id)).forEach(toReload::add);
        reload(noted);
        owned.forEach((id, mine) -> mine.cancelBecause()
                .ifPresent(because -> Optional.ofNullable(live.get(id)).ifPresent(run -> run.cancel(because, noted))));
    }

    private static boolean isStill(LiveRun run, Map<RunId, Owned> owned) {
        return Optional.ofNullable(owned.get(run.spec().id()))
                .filter(mine -> mine.generation() == run.generation())
                .isPresent();
    }

    /** One whose definition cannot be read for the moment does not hold up the others, unless its attempts are under way. */
    private void reload(Changes noted) {
        for (RunId run : List.copyOf(toReload)) {
            try {
                loader.load(run, dispatcher::isUnderWay, noted)
                        .ifPresentOrElse(loaded -> live.put(run, loaded), () -> dispatcher.interruptAll(run));
                toReload.remove(run);
            } catch (RunLoader.Unreadable e) {
                if (dispatcher.hasUnderWay(run)) {
                    throw e;
                }
                LOG.log(Level.WARNING, "run {0} cannot be read and is tried again: {1}", run, e.getMessage());
            }
        }
    }

    private void commit(Changes noted) {
        if (noted.isEmpty()) {
            return;
        }
        List<OfRun> written = store.database().transact(tx -> write(tx, noted));
        Set<RunId> mine = new HashSet<>();
        written.forEach(of -> mine.add(of.run.spec().id()));
        noted.runs().stream()
                .map(of -> of.run)
                .filter(run -> !mine.contains(run.spec().id()))
                .forEach(this::lost);
        written.forEach(this::act);
    }

    private List<OfRun> write(Tx tx, Changes noted) {
        List<OfRun> written = changes.write(tx, noted);
        written.stream()
                .filter(of -> of.moved)
                .forEach(of -> RunMachine.end(of.run.state())
                        .filter(_ -> of.run.isOver())
                        .ifPresent(end -> store.ledger().append(tx, finished(of.run, end))));
        return written;
    }

    private static Fact.RunFinished finished(LiveRun run, RunMachine.End end) {
        var spec = run.spec();
        return new Fact.RunFinished(
                spec.project(),
                spec.id(),
                spec.purpose(),
                spec.environment(),
                spec.packageDigest(),
                spec.definition(),
                spec.asOf(),
                end.outcome(),
                end.because(),
                run.graph().outputs());
    }

    /** Does what may be done only now that it is durable. */
    private void act(OfRun of) {
        of.interrupted.forEach(dispatcher::interrupt);
        of.dispatched.forEach(dispatcher::submit);
        inbox.remind(of.timers);
        if (of.run.isOver()) {
            live.remove(of.run.spec().id());
            nextPoll = Instant.MIN; // there is room for another one
        }
    }

    /** Another server has the run: what this one does about it is of no use any more. */
    private void lost(LiveRun run) {
        RunId id = run.spec().id();
        LOG.log(Level.WARNING, "run {0} was taken over by another server", id);
        live.remove(id);
        dispatcher.interruptAll(id);
    }

    private void forget(RunId run) {
        live.remove(run);
        toReload.add(run);
    }

    private void waitFor(Duration pause) {
        try {
            store.clock().sleep(pause);
        } catch (InterruptedException e) {
            open = false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
