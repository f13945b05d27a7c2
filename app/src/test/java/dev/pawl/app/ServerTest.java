package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.store.TestDatabases;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerTest {
    @TempDir
    Path folder;

    /** git, CI, the orchestrator and delivery together, on either database. */
    @ParameterizedTest
    @EnumSource
    void a_push_becomes_a_deployed_pipeline(TestDatabases kind) throws Exception {
        Optional<String> database = kind == TestDatabases.POSTGRES ? Optional.of(kind.fresh(folder)) : Optional.empty();
        var settings = new Server.Settings(folder.resolve("server"), database, "127.0.0.1", 0);
        DemoProject project = TinyProject.in(folder);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            project.push("tiny", client.address().toString());
            String deployed = client.await(
                    "a deployment",
                    Duration.ofSeconds(60),
                    "api/facts?after=0",
                    answer -> answer.path("facts")
                            .valueStream()
                            .filter(fact -> fact.path("type").asString("").matches("PipelineDeployed|PackageRefused"))
                            .map(fact -> fact.path("text").stringValue())
                            .findFirst());
            assertThat(deployed).contains("deployed to prod (automatic)");
            assertThat(client.get("api/quiet?within=30").path("quiet").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void pages_of_other_origins_are_kept_off() throws Exception {
        var settings = new Server.Settings(folder, Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                HttpClient http = HttpClient.newHttpClient()) {
            URI facts = URI.create("http://127.0.0.1:" + server.port() + "/api/facts");
            HttpRequest own = HttpRequest.newBuilder(facts).build();
            HttpRequest foreign = HttpRequest.newBuilder(facts)
                    .header("Origin", "http://evil.example")
                    .build();
            HttpRequest image = HttpRequest.newBuilder(facts)
                    .header("Sec-Fetch-Site", "cross-site")
                    .build();
            HttpRequest same = HttpRequest.newBuilder(facts)
                    .header("Origin", "http://127.0.0.1:" + server.port())
                    .build();
            assertThat(http.send(own, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(http.send(same, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(http.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
            assertThat(http.send(image, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void what_is_not_there_is_said_in_json() throws Exception {
        var settings = new Server.Settings(folder, Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                HttpClient http = HttpClient.newHttpClient()) {
            for (String path :
                    new String[] {"/api/artifacts/sha256:" + "0".repeat(64), "/api/runs/run-1", "/nothing"}) {
                URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
                var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.body()).as(path).contains("\"error\"", "\"message\"");
            }
        }
    }
}
