package dev.pawl.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Store;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryRoutesTest {
    @TempDir
    private Path folder;

    @Test
    void models_and_versions_are_answered_and_the_unknown_is_not_found() throws Exception {
        try (Store store = Store.embedded(folder, Clock.system(), Ids.system(), List.of(Registry.SCHEMA));
                Registry registry = new Registry(store, new Definitions(store.artifacts())).start()) {
            var definition = new Definitions(store.artifacts()).keep(Examples.definition());
            store.database().change(tx -> store.ledger().append(tx, Examples.finished("run-1", definition)));
            await().atMost(Duration.ofSeconds(30)).until(() -> store.database().read(registry::caughtUp));
            WebServer server = serve(registry);
            try {
                assertThat(get(server, "/api/models").body()).contains("\"name\":\"births\"", "\"champion\":null");
                assertThat(get(server, "/api/models/births/versions/1").body()).contains("\"run\":\"run-1\"");
                assertThat(get(server, "/api/models/births").body()).contains("\"as_of\":\"1971-01-01T00:00:00Z\"");
                assertThat(get(server, "/api/models/births/versions/2").statusCode())
                        .isEqualTo(404);
                assertThat(get(server, "/api/models/births/versions/x").statusCode())
                        .isEqualTo(400);
                assertThat(get(server, "/api/models/weather").statusCode()).isEqualTo(404);
            } finally {
                server.stop();
            }
        }
    }

    private static WebServer serve(Registry registry) {
        return WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(new RegistryRoutes(registry))
                        .error(
                                PawlException.class,
                                (request, response, error) -> response.status(
                                                error.kind().httpStatus())
                                        .send(error.text())))
                .build()
                .start();
    }

    private static HttpResponse<String> get(WebServer server, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
