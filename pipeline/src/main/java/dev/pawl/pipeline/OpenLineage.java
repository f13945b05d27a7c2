package dev.pawl.pipeline;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tells an OpenLineage endpoint what happens to runs and steps. An event is kept in the transaction in which it happens and sent
 * afterwards, at least once and in order; the engine never waits for it. While the endpoint does not answer, events are kept and tried
 * again, {@value #MOST_KEPT} at the most: then the oldest are forgotten. What the endpoint refuses is not sent again.
 */
public final class OpenLineage implements RunEvent.Listener, AutoCloseable {
    static final int MOST_KEPT = 100_000;

    private static final Logger LOG = System.getLogger(OpenLineage.class.getName());
    private static final int AT_ONCE = 100;
    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** So long a server that died keeps the others from telling: no event overtakes those that it may have told. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final Store store;
    private final Definitions definitions;
    private final Runs runs;
    private final Settings settings;
    private final Locations locations;
    private final RunEventStore events = new RunEventStore();
    private final String sender;
    private final Semaphore bell = new Semaphore(0);
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private volatile boolean open = true;
    private volatile Optional<String> trouble = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    /**
     * Where to.
     *
     * @param endpoint gets one event with each POST, for example {@code http://marquez:5000/api/v1/lineage}
     * @param namespace of the jobs and data sets
     * @param key sent as a bearer token, if there is one
     */
    public record Settings(URI endpoint, String namespace, Optional<String> key) {
        public Settings {
            if (endpoint.getHost() == null || !List.of("http", "https").contains(endpoint.getScheme())) {
                throw PawlException.user(
                        "bad-endpoint",
                        "'%s' is no address for OpenLineage events; give one like http://HOST:PORT/api/v1/lineage"
                                .formatted(endpoint));
            }
        }

        /** The key is a secret. */
        @Override
        public String toString() {
            return endpoint + ", namespace " + namespace;
        }
    }

    /** Where the code of a run is. */
    public record Location(String url, String commit) {}

    /** Who knows that. */
    public interface Locations {
        Optional<Location> of(Run run);
    }

    public OpenLineage(Store store, Definitions definitions, Settings settings, Locations locations) {
        this.store = store;
        this.definitions = definitions;
        this.runs = new Runs(store);
        this.settings = settings;
        this.locations = locations;
        this.sender = store.ids().next();
    }

    @Override
    public void happened(Tx tx, List<RunEvent> happened) {
        if (!happened.isEmpty()) {
            events.add(tx, happened);
            tx.afterCommit(this::ring);
        }
    }

    public OpenLineage start() {
        if (store.isEmbedded()) {
            store.database().change(events::releaseAll);
        }
        thread = Optional.of(Thread.ofVirtual().name("openlineage").start(this::loop));
        return this;
    }

    /** What keeps events from being sent, if anything does. */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        open = false;
        ring();
        thread.ifPresent(OpenLineage::join);
        http.shutdownNow();
    }

    private void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void loop() {
        Duration pause = SWEEP;
        while (open) {
            try {
                boolean more = sendSome();
                pause = SWEEP;
                trouble = Optional.empty();
                if (!more) {
                    await(SWEEP);
                }
            } catch (RuntimeException | IOException e) {
                tell(e);
                pauseFor(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            } catch (InterruptedException _) {
                open = false;
            }
        }
    }

    /** Once for each kind of trouble: it may last. */
    private void tell(Exception e) {
        String text = "no OpenLineage events can be sent to %s; they are kept and tried again: %s"
                .formatted(settings.endpoint(), reason(e));
        if (!trouble.equals(Optional.of(text))) {
            LOG.log(Level.WARNING, text);
        }
        trouble = Optional.of(text);
    }

    /** A connection that was refused has no message. */
    private static String reason(Exception e) {
        boolean unknown = Stream.<Throwable>iterate(e, it -> it != null, Throwable::getCause)
                .anyMatch(UnresolvedAddressException.class::isInstance);
        return Optional.ofNullable(e.getMessage())
                .filter(text -> !text.isBlank())
                .orElseGet(() -> unknown
                        ? "its host is not known"
                        : e instanceof ConnectException
                                ? "the connection was refused"
                                : e.getClass().getSimpleName());
    }

    /** @return whether there may be more */
    boolean sendSome() throws IOException, InterruptedException {
        Instant now = store.clock().now();
        int dropped = store.database().transact(tx -> events.dropBeyond(tx, MOST_KEPT));
        if (dropped > 0) {
            LOG.log(Level.WARNING, "{0} OpenLineage events were forgotten: more than {1} waited", dropped, MOST_KEPT);
        }
        Instant until = now.plus(CLAIM);
        List<RunEventStore.Kept> claimed =
                store.database().transact(tx -> events.claim(tx, sender, now, until, AT_ONCE));
        return tell(claimed, until.minus(ANSWER));
    }

    /** @param last when the last one may be sent: later, another server might tell of it at the same time */
    private boolean tell(List<RunEventStore.Kept> claimed, Instant last) throws IOException, InterruptedException {
        List<RunEventStore.Kept> told = new ArrayList<>();
        try {
            for (RunEventStore.Kept kept : claimed) {
                if (store.clock().now().isAfter(last)) {
                    return true;
                }
                send(kept.event());
                told.add(kept);
            }
        } finally {
            store.database().change(tx -> {
                events.remove(tx, told);
                events.release(tx, sender);
            });
        }
        return claimed.size() == AT_ONCE;
    }

    private void send(RunEvent event) throws IOException, InterruptedException {
        Optional<String> body = body(event);
        if (body.isEmpty()) {
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.get()));
        settings.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        check(event, http.send(request.build(), BodyHandlers.discarding()).statusCode());
    }

    /** Empty if its run was deleted meanwhile, or what it ran cannot be read: there is nothing to tell of it. */
    private Optional<String> body(RunEvent event) {
        try {
            return runs.find(event.run())
                    .map(run -> Json.write(event(event, run).json()));
        } catch (PawlException e) {
            LOG.log(Level.WARNING, "there is no OpenLineage event of {0}: {1}", event, e.text());
            return Optional.empty();
        }
    }

    private OpenLineageEvent event(RunEvent event, Run run) {
        return new OpenLineageEvent(
                settings.namespace(),
                event,
                run,
                definitions.get(run.spec().definition()),
                runs.steps(event.run()),
                runs.snapshots(event.run()),
                locations.of(run));
    }

    /** What the endpoint does not understand today it will not understand tomorrow. */
    private static void check(RunEvent event, int status) throws IOException {
        boolean later =
                status >= 500 || status == 429 || status == 408 || status == 401 || status == 403 || status == 404;
        if (later) {
            throw new IOException("it answered " + status);
        }
        if (status >= 300) {
            LOG.log(Level.WARNING, "the endpoint refused an OpenLineage event ({0}): {1}", status, event);
        }
    }

    private void await(Duration atMost) throws InterruptedException {
        if (bell.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    /** Rings of new events do not cut it short; closing does. */
    private void pauseFor(Duration pause) {
        long until = store.clock().nanos() + pause.toNanos();
        try {
            while (open && store.clock().nanos() < until) {
                bell.tryAcquire(Math.min(200, pause.toMillis()), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            open = false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
