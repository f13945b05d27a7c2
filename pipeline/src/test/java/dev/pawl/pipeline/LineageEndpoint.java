package dev.pawl.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes OpenLineage events over HTTP and reads them with the standard's own model; can be told to answer otherwise. */
final class LineageEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final AtomicInteger refused = new AtomicInteger();
    volatile int answer = 201;

    private LineageEndpoint(HttpServer server) {
        this.server = server;
        server.createContext("/api/v1/lineage", this::take);
        server.start();
    }

    static LineageEndpoint start() throws IOException {
        return new LineageEndpoint(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    OpenLineage.Settings settings() {
        return new OpenLineage.Settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/lineage"),
                "test-space",
                Optional.of("a key"));
    }

    List<RunEvent> events() {
        return events;
    }

    /** As {@code JOB TYPE}, in the order in which they came. */
    List<String> told() {
        return events.stream()
                .map(event -> event.getJob().getName() + " " + event.getEventType())
                .toList();
    }

    RunEvent event(String told) {
        return events.stream()
                .filter(event -> (event.getJob().getName() + " " + event.getEventType()).equals(told))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + told + " in " + told()));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (answer < 300) {
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                events.add(OpenLineageClientUtils.runEventFromJson(new String(body, StandardCharsets.UTF_8)));
            } else {
                refused.incrementAndGet();
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
