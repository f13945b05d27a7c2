package dev.pawl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.PawlException;
import dev.pawl.store.TestDatabases;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringRoutesTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private World world;
    private WebServer server;

    @BeforeEach
    void open() {
        world = new World(TestDatabases.SQLITE, folder);
        world.deploy(1, Optional.empty());
        world.live(1, 0, 10, 1);
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(new MonitoringRoutes(world.monitoring, world.store.clock()))
                        .error(
                                PawlException.class,
                                (_, response, error) -> response.status(
                                                error.kind().httpStatus())
                                        .send(error.text())))
                .build()
                .start();
    }

    @AfterEach
    void close() {
        server.stop();
        client.close();
        world.close();
    }

    @Test
    void labels_are_taken_and_predictions_and_windows_answered() throws Exception {
        HttpResponse<String> accepted = post("""
            {"labels": [
              {"prediction": "day-0", "value": 100, "known_at": "1971-01-03"},
              {"prediction": "day-1", "value": 100, "known_at": "1971-01-10T00:00:00Z"}]}
            """);

        assertThat(accepted.body()).isEqualTo("{\"accepted\":2}");
        assertThat(get("/api/predictions/day-1").body())
                .contains("\"label\":100.0", "\"known_at\":\"1971-01-10T00:00:00Z\"", "\"version\":1");
        assertThat(get("/api/models/births/windows").body())
                .contains("\"state\":\"FEW_LABELS\"", "\"champion\":1", "\"watermark\":\"1971-01-10T00:00:00Z\"");
        assertThat(get("/api/predictions/day-77").statusCode()).isEqualTo(404);
    }

    @Test
    void a_label_that_does_not_say_when_is_known_now() throws Exception {
        post("{\"labels\":[{\"prediction\":\"day-0\",\"value\":100}]}");

        assertThat(world.monitoring.summary(World.MODEL).watermark().orElseThrow())
                .isAfter(world.store.clock().now().minusSeconds(600));
    }

    @Test
    void predictions_are_paged_through() throws Exception {
        post("{\"labels\":[{\"prediction\":\"day-4\",\"value\":100,\"known_at\":\"1971-01-07\"}]}");

        String first = get("/api/models/births/predictions?limit=9").body();
        assertThat(first).contains("\"next\":\"1~", "day-8").doesNotContain("day-9");
        String cursor = first.replaceAll("(?s).*\"next\":\"([^\"]*)\".*", "$1");
        assertThat(get("/api/models/births/predictions?limit=9&after=" + cursor).body())
                .contains("day-9")
                .doesNotContain("day-8", "next");
        assertThat(get("/api/models/births/predictions?labelled=true").body())
                .contains("day-4")
                .doesNotContain("day-5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                    | the body must be",
                "{\"labels\": 1}                                                       | the body must be",
                "{\"labels\": [1]}                                                     | labels[0] must be an object",
                "{\"labels\": [{\"value\": 1}]}                                        | labels[0].prediction must be",
                "{\"labels\": [{\"prediction\": \"day-0\"}]}                           | labels[0].value must be",
                "{\"labels\": [{\"prediction\": \"day-0\", \"value\": \"1\"}]}         | labels[0].value must be",
                "{\"labels\": [{\"prediction\": \"day-0\", \"value\": 1, \"at\": 1}]}  | unknown key 'at'",
                "{\"labels\": [{\"prediction\": \"day-0\", \"value\": 1, \"known_at\": \"soon\"}]} |"
                        + " labels[0].known_at",
                "{\"labels\": [{\"prediction\": \"day-0\", \"value\": 1, \"known_at\":"
                        + " \"-1000000000-01-01T00:00:00Z\"}]} | in the years 1 to 9999",
                "{\"labels\": [{\"prediction\": \"no day\", \"value\": 1}]}            | 'no day' is not a prediction"
                        + " id",
                "{\"labels\": [                                                        | JSON cannot be read",
            })
    void a_malformed_label_is_told_where_it_is_wrong(String body, String because) throws Exception {
        HttpResponse<String> response = post(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(because);
        assertThat(world.monitoring.summary(World.MODEL).labels()).isZero();
    }

    @Test
    void what_is_too_large_is_refused() throws Exception {
        assertThat(post(" ".repeat(4 * 1024 * 1024 + 1)).statusCode()).isEqualTo(429);
        assertThat(get("/api/models/births/predictions?limit=1001").body()).contains("from 1 to 1000");
        assertThat(get("/api/models/births/predictions?after=x").body()).contains("'next' of the page before");
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/api/models/births/labels")).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
