package dev.pawl.app;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What is true of the whole ring: its page, the facts, and whether everything is at rest. */
final class RingRoutes implements HttpService {
    /** So many are given at a time. */
    static final int MOST_FACTS = 1_000;

    private static final int DEFAULT_FACTS = 100;
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Store store;
    private final BooleanSupplier atRest;

    RingRoutes(Store store, BooleanSupplier atRest) {
        this.store = store;
        this.atRest = atRest;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", (_, response) -> PageRoutes.ring(response))
                .get("/api/facts", this::facts)
                .get("/api/quiet", this::quiet);
    }

    /** A fact as the API gives it: the fact itself, and the same in words. */
    private record FactView(long position, Instant at, String type, FactText.Stage stage, String text, Fact fact) {
        static FactView of(Ledger.Entry entry) {
            FactText text = FactText.of(entry.fact());
            return new FactView(entry.position(), entry.at(), entry.type(), text.stage(), text.text(), entry.fact());
        }
    }

    /** {@code after} gives the oldest first from there on; without it the newest come first. */
    private void facts(ServerRequest request, ServerResponse response) {
        int limit = Math.clamp(number(request, "limit", DEFAULT_FACTS), 1, MOST_FACTS);
        boolean fromStart = request.query().contains("after");
        long after = number(request, "after", 0);
        List<Ledger.Entry> entries = store.database()
                .read(tx -> fromStart
                        ? store.ledger().after(tx, after, limit)
                        : store.ledger().newest(tx, limit));
        send(response, Map.of("facts", entries.stream().map(FactView::of).toList()));
    }

    /** Answers as soon as nothing will happen by itself any more: for those who replay history faster than time. */
    private void quiet(ServerRequest request, ServerResponse response) throws InterruptedException {
        Duration within = Duration.ofSeconds(Math.clamp(number(request, "within", 0), 0, LONGEST_WAIT.toSeconds()));
        Instant end = store.clock().now().plus(within);
        boolean quiet = atRest.getAsBoolean();
        while (!quiet && store.clock().now().isBefore(end)) {
            store.clock().sleep(POLL);
            quiet = atRest.getAsBoolean();
        }
        response.status(quiet ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        send(
                response,
                quiet
                        ? Map.of("quiet", true)
                        : Map.of("error", Map.of("code", "busy", "message", "there is still work under way")));
    }

    static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(Json.write(body));
    }

    static int number(ServerRequest request, String name, int otherwise) {
        String text = request.query().first(name).orElse(Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw PawlException.user("bad-query", "'" + name + "' must be a whole number, not '" + text + "'");
        }
    }
}
