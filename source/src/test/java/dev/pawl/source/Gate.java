package dev.pawl.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes on to another server what comes with the right Authorization, and asks the rest for it. */
final class Gate implements AutoCloseable {
    private static final List<String> PASSED_ON = List.of("Content-type", "Accept", "Git-protocol", "Content-encoding");

    private final HttpServer http;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String behind;
    private final String authorization;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private Gate(HttpServer http, String behind, String authorization) {
        this.http = http;
        this.behind = behind;
        this.authorization = authorization;
    }

    static Gate before(String behind, String authorization) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Gate gate = new Gate(http, behind, authorization);
            http.createContext("/", gate::answer);
            http.start();
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    /** The Authorization of every request, empty where there was none. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            asked.add(given);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (given.equals(authorization)) {
                passOn(exchange, body);
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"gate\"");
                exchange.sendResponseHeaders(401, -1);
            }
        }
    }

    private void passOn(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().toString().substring(1);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind + path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        PASSED_ON.forEach(
                name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                        .ifPresent(value -> request.header(name, value)));
        try {
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        client.close();
    }
}
