package dev.pawl.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.TriggerRule.OnDecay;
import dev.pawl.definition.TriggerRule.OnNewData;
import dev.pawl.definition.TriggerRule.OnSchedule;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggerRoutesTest {
    private static final String RUNS = "/api/projects/births/environments/prod/runs";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private World world;
    private WebServer server;

    @BeforeEach
    void open() {
        world = new World(TestDatabases.SQLITE, folder);
        world.deploy(
                new OnSchedule("0 3 * * *", Duration.ZERO),
                new OnNewData("births", 28, Duration.ofDays(7)),
                new OnDecay(Duration.ofDays(60)));
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(new TriggerRoutes(world.trigger))
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
    void a_run_is_asked_for_with_or_without_a_body() throws Exception {
        assertThat(post(RUNS, "{\"as_of\": \"1971-01-01\", \"reason\": \"the first one\"}")
                        .body())
                .contains("\"merged\":false", "\"as_of\":\"1971-01-01T00:00:00Z\"", "\"run\":\"run-");
        assertThat(post(RUNS, "").body()).contains("\"merged\":true");
        assertThat(get("/api/projects/births/triggers").body())
                .contains(
                        "\"environment\":\"prod\"",
                        "\"open_run\":\"run-",
                        "\"cron\":\"0 3 * * *\"",
                        "\"at_least\":28",
                        "\"cooldown\":\"PT1440H\"",
                        "\"last_reason\":\"asked for over HTTP\"");
    }

    @Test
    void a_bad_request_is_told_what_is_wrong() throws Exception {
        assertThat(post(RUNS, "{\"as_of\": \"soon\"}").body()).contains("as_of must be a date", "'soon'");
        for (String far : List.of("-1000000000-01-01T00:00:00Z", "+1000000000-12-31T00:00:00Z", "0000-12-31")) {
            HttpResponse<String> answer = post(RUNS, "{\"as_of\": \"" + far + "\"}");
            assertThat(answer.statusCode()).as(far).isEqualTo(400);
            assertThat(answer.body()).contains("in the years 1 to 9999", far);
        }
        assertThat(post(RUNS, "{\"as_of\": 1971}").body()).contains("as_of must be text");
        assertThat(post(RUNS, "{\"asof\": \"1971-01-01\"}").body()).contains("Unknown key 'asof'");
        assertThat(post(RUNS, "[").statusCode()).isEqualTo(400);
        assertThat(post(RUNS, " ".repeat(70_000)).statusCode()).isEqualTo(429);
        assertThat(post("/api/projects/births/environments/dev/runs", "").statusCode())
                .isEqualTo(404);
        assertThat(world.requested()).isEmpty();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
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
