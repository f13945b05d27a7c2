package dev.pawl.serving;

import dev.pawl.kernel.Json;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A real server with the routes, and a client that asks it. */
final class Instance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Instance(ServingRoutes routes) {
        this.server = WebServer.builder()
                .host("localhost")
                .port(0)
                .routing(routing -> routing.register(routes))
                .build()
                .start();
    }

    /** Status, type and body, read as JSON. */
    record Reply(int status, String type, String allow, JsonNode json) {
        String error() {
            return json.path("error").asString();
        }
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply infer(String body) {
        return post("/v2/models/births/infer", body);
    }

    Reply post(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(PATIENCE);
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Allow").orElse(""),
                    Json.tree(response.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop();
    }
}
