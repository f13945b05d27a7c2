package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.TestDatabases;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryRoutesTest {
    @TempDir
    Path folder;

    private Ring ring;
    private WebServer server;
    private HttpClient client;

    @BeforeEach
    void serve() {
        ring = Ring.fresh(TestDatabases.SQLITE, folder, Machines.ROOMY).start();
        client = HttpClient.newHttpClient();
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(new DeliveryRoutes(ring.delivery))
                        .error(
                                PawlException.class,
                                (request, response, error) -> response.status(
                                                error.kind().httpStatus())
                                        .send(error.code() + ": " + error.getMessage())))
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
        ring.close();
    }

    @Test
    void environments_are_listed_with_what_they_run() throws Exception {
        ring.built(1, "main", Births.definition());
        ring.attempted(Births.DEV, 1);
        String body = get("/api/projects/births/environments", 200);
        assertThat(body).contains("\"package_digest\":\"%s\"".formatted(Births.packageOf(1)));
        assertThat(Json.map(body).get("environments"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .satisfiesExactly(
                        dev -> assertThat(dev.get("current")).isNotNull(),
                        prod -> assertThat(prod.get("current")).isNull());
        assertThat(get("/api/projects/births/deployments", 200)).contains("\"outcome\":\"DEPLOYED\"");
    }

    @Test
    void a_package_is_promoted() throws Exception {
        ring.built(1, "main", Births.definition());
        ring.quiet();
        String path = "/api/projects/births/environments/prod/deployment";
        Map<String, String> body = Map.of("package", Births.packageOf(1).brief(), "by", "ada");
        assertThat(post(path, Json.write(body), 200)).contains("\"by\":\"ada\"");
        assertThat(post(path, Json.write(body), 409)).startsWith("already-deployed: ");
    }

    @Test
    void gates_champions_and_rollback() throws Exception {
        for (int number = 1; number <= 2; number++) {
            ring.registered(
                    number,
                    Births.definition(),
                    ring.functions.artifact("model " + number, Functions.off(0.05 - 0.02 * number)));
        }
        ring.decided(2);
        assertThat(get("/api/models/births/gates", 200)).contains("\"version\":{\"model\":\"births\",\"number\":2}");
        assertThat(get("/api/models/births/gates?version=1", 200)).contains("no champion yet");
        String back = post("/api/models/births/rollback", "{\"reason\":\"it is worse on Sundays\"}", 200);
        assertThat(back).contains("rollback by api: it is worse on Sundays");
        assertThat(Json.map(get("/api/models/births/champions", 200)).get("champions"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(3);
        assertThat(post("/api/models/births/rollback", "{\"reason\":\"more\"}", 409))
                .startsWith("no-earlier-champion: ");
    }

    @Test
    void bad_requests_are_told_what_is_wrong() throws Exception {
        String promote = "/api/projects/births/environments/prod/deployment";
        assertThat(post(promote, "{", 400)).startsWith("bad-json: ");
        assertThat(post(promote, "{}", 400)).contains("a JSON object with a text 'package'");
        assertThat(post(promote, "{\"package\":5}", 400)).contains("'package' in the body must be a text");
        assertThat(post(promote, "{\"pakage\":\"a\"}", 400)).contains("unknown key 'pakage'");
        assertThat(post(promote, " ".repeat(20_000), 429)).startsWith("body-too-large: ");
        assertThat(get("/api/models/births/gates", 404)).startsWith("no-version: ");
        assertThat(get("/api/models/births/gates?version=x", 400)).contains("a number, not 'x'");
        assertThat(get("/api/projects/Births/environments", 400)).startsWith("bad-name: ");
    }

    private String get(String path, int status) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build(), status);
    }

    private String post(String path, String body, int status) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                status);
    }

    private String send(HttpRequest request, int status) throws Exception {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
