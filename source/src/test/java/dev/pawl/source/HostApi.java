package dev.pawl.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that writes down what it is asked and answers as it is told, 201 when it is told nothing. */
final class HostApi implements AutoCloseable {
    private final HttpServer http;
    private final String elsewhere;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Queue<Told> answers = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stalls;

    /** What somebody asked. */
    record Asked(String method, String path, Map<String, List<String>> headers, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(List::getFirst);
        }
    }

    private record Told(int status, String body) {}

    private HostApi(HttpServer http, String elsewhere) {
        this.http = http;
        this.elsewhere = elsewhere;
    }

    static HostApi start() {
        return redirecting("");
    }

    /** Every request is sent elsewhere, if that is not empty. */
    static HostApi redirecting(String to) {
        try {
            HostApi api =
                    new HostApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), to);
            api.http.createContext("/", api::answer);
            api.http.start();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    synchronized void next(int status, String body) {
        answers.add(new Told(status, body));
    }

    /** From now on, answers begin and do not end. */
    void stall() {
        stalls = true;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body));
            if (!elsewhere.isEmpty()) {
                String path = exchange.getRequestURI().toString().substring(1);
                exchange.getResponseHeaders().set("Location", elsewhere + path);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            if (stalls) {
                exchange.sendResponseHeaders(201, 10);
                exchange.getResponseBody().flush();
                closed.await();
                return;
            }
            Told told = Optional.ofNullable(answers.poll()).orElse(new Told(201, "{}"));
            byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(told.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
    }
}
