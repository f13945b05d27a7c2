package dev.pawl.serving;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.store.FactReader;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The prediction service: stage 5's data plane. It keeps the routes that {@code ModelDeployed} facts make in a table, and
 * brings what is loaded into line with it in the background: on every server that shares the database, at every start, and
 * again after every failure. The champion answers until its successor is loaded and has answered once.
 */
public final class Serving implements Needs, AutoCloseable {
    public static final Schema SCHEMA = new Schema("serving", Serving.class, 1);

    private static final Logger LOG = System.getLogger(Serving.class.getName());
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Store store;
    private final FactReader reader;
    private final Champions champions = new Champions();
    private final Predictor predictor;
    private final Map<ModelName, String> troubles = new ConcurrentHashMap<>();
    private final Set<ModelVersion> cold = new HashSet<>();
    private final Semaphore wake = new Semaphore(0);
    private Optional<Thread> loader = Optional.empty();
    private volatile boolean open = true;
    private volatile boolean ready;

    public Serving(Store store, PredictionLog log) {
        this.store = store;
        this.predictor = new Predictor(champions, log, store.clock(), store.ids());
        this.reader = store.reader("serving").on(Fact.ModelDeployed.class, (tx, entry, fact) -> {
            ServingStore.deploy(tx, entry.at(), fact);
            tx.afterCommit(wake::release);
        });
    }

    /** Begins to load what the table says and to follow the facts; {@link #ready} tells when the first is done. */
    public Serving start() {
        reader.start();
        loader = Optional.of(Thread.ofVirtual().name("serving-loader").start(this::follow));
        return this;
    }

    /** Whether every model that was deployed when the service started has been loaded. */
    public boolean ready() {
        return ready;
    }

    /** The version that answers for the model now. */
    public Optional<ModelVersion> champion(ModelName model) {
        return champions.champion(model);
    }

    /** Whether this version answers as the champion now. */
    public boolean live(ModelVersion version) {
        return champion(version.model()).filter(version::equals).isPresent();
    }

    /** Whether every fact was handled and every champion that the table names is the one that answers. */
    public boolean settled() {
        return store.database()
                .read(tx -> reader.caughtUp(tx)
                        && ServingStore.routes(tx).stream()
                                .allMatch(route -> live(route.champion().version())));
    }

    /** Why a model's deployed version could not be loaded, as far as that is so; it is tried again. */
    public Map<ModelName, String> troubles() {
        return Map.copyOf(troubles);
    }

    /** Lets the models go; calls under way end well. */
    @Override
    public void needs(Tx tx, Needed needed) {
        ServingStore.needs(tx, needed);
    }

    @Override
    public void close() {
        open = false;
        reader.close();
        wake.release();
        loader.ifPresent(Serving::join);
        champions.close();
    }

    Champions champions() {
        return champions;
    }

    Predictor predictor() {
        return predictor;
    }

    /** Why the service is not ready; empty when it is. */
    Optional<String> unready() {
        return ready
                ? Optional.empty()
                : Optional.of(troubles.values().stream().findFirst().orElse("The models are being loaded"));
    }

    private void follow() {
        Duration pause = POLL;
        while (open) {
            if (load()) {
                ready = true;
                pause = POLL;
            } else {
                pause = LONGEST_PAUSE.compareTo(pause.multipliedBy(2)) < 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
            await(pause);
        }
    }

    /** Brings what is loaded into line with the table; false when something is missing. */
    private boolean load() {
        try {
            store.database().read(ServingStore::routes).forEach(this::load);
            return troubles.isEmpty();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the table of routes cannot be read and will be tried again", e);
            return false;
        }
    }

    private void load(ServingStore.Route route) {
        ModelVersion version = route.champion().version();
        try {
            champions.deploy(version, content(route.champion()));
            troubles.remove(version.model());
            route.previous().ifPresent(this::warm);
        } catch (RuntimeException e) {
            troubles.put(version.model(), version + " could not be loaded: " + e.getMessage());
            LOG.log(Level.ERROR, version + " could not be loaded and will be tried again", e);
        }
    }

    /** Without it all goes on, only a rollback would have to load it: so it is tried once. */
    private void warm(ServingStore.Deployed previous) {
        if (cold.contains(previous.version())) {
            return;
        }
        try {
            champions.warm(previous.version(), content(previous));
        } catch (RuntimeException e) {
            cold.add(previous.version());
            LOG.log(Level.WARNING, previous.version() + ", the champion before, is not kept warm", e);
        }
    }

    private Supplier<byte[]> content(ServingStore.Deployed deployed) {
        return () -> store.artifacts().bytes(deployed.artifact());
    }

    private void await(Duration atMost) {
        try {
            wake.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
            wake.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
