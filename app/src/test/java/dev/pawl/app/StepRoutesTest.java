package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a server tells of the steps of its runs. */
class StepRoutesTest {
    private static final String YAML = """
        project: tiny
        pipeline:
          steps:
            parts: { run: 'for i in 0 1 2; do echo $i > "$PAWL_OUTPUTS/parts/00000$i"; done', outputs: { parts: list of files } }
            each: { run: 'echo "this is $(cat "$PAWL_INPUTS/part")"; cp "$PAWL_INPUTS/part" "$PAWL_OUTPUTS/copy"', each: { part: parts }, outputs: { copy: file } }
            slow:
              run: |
                echo begun
                while ! test -f @/open; do sleep 0.1; done
                test -f @/good || { echo not good; exit 3; }
                echo done
                echo 1 > "$PAWL_OUTPUTS/one"
              outputs: { one: file }
              cache: false
        ci: { checks: { unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }, integration: { sample: 2 } } }
        environments: { prod: { branch: main, deploy: automatic } }
        """;

    @TempDir
    Path folder;

    private HttpResponse<String> get(Client client, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = client.address().resolve(path);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    private String deployed(Client client) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("pawl.yaml"), YAML.replace("@", folder.toString()));
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        DemoProject project =
                DemoProject.copyOf(source, folder.resolve("copy"), new Commands(Clock.system(), OwnJvm.javaHome()));
        Files.createFile(folder.resolve("open"));
        Files.createFile(folder.resolve("good"));
        project.push("tiny", client.address().toString());
        TrainedProject.await(client, "PipelineDeployed");
        client.get("api/quiet?within=60");
        Files.delete(folder.resolve("open"));
        return client.post("api/projects/tiny/environments/prod/runs", Map.of("reason", "a test"))
                .path("run")
                .stringValue();
    }

    @Test
    void items_attempts_and_logs_are_there_while_a_run_goes_on_and_afterwards() throws Exception {
        var settings = new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            String run = "api/runs/" + deployed(client);
            String slow = run + "/steps/slow";

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(get(client, slow + "/log").body()).isEqualTo("begun\n"));
            HttpResponse<String> growing = get(client, slow + "/log");
            assertThat(growing.headers().firstValue("Pawl-Next")).contains("6");
            assertThat(growing.headers().firstValue("Pawl-Over")).contains("false");
            assertThat(client.get(slow).path("state").stringValue()).isEqualTo("RUNNING");

            Files.delete(folder.resolve("good"));
            Files.createFile(folder.resolve("open"));
            JsonNode ended = client.await(
                    "the end",
                    Duration.ofMinutes(1),
                    run,
                    answer -> Optional.of(answer)
                            .filter(it -> it.at("/run/state").stringValue().equals("FAILED")));
            HttpResponse<String> rest = get(client, slow + "/log?from=6");
            assertThat(rest.body()).isEqualTo("not good\n");
            assertThat(rest.headers().firstValue("Pawl-Over")).contains("true");
            assertThat(get(client, slow + "/log?from=6&attempt=1").body()).isEqualTo("not good\n");
            assertThat(get(client, slow + "/log?attempt=2").statusCode()).isEqualTo(404);
            assertThat(get(client, slow + "/log?from=x").statusCode()).isEqualTo(400);
            assertThat(client.get(slow + "/attempts").at("/attempts/0/state").stringValue())
                    .isEqualTo("FAILED");
            assertThat(client.get(slow + "/attempts").at("/attempts/0/jdk").stringValue())
                    .isNotBlank();
            assertThat(ended.at("/steps/1/name").stringValue()).isEqualTo("each");

            items(client, client.get("api/runs").at("/runs/1/run/spec/id").stringValue());
            resumed(client, run);
        }
    }

    /** Of the integration run, whose items were not in the cache. */
    private void items(Client client, String integration) throws Exception {
        String each = "api/runs/" + integration + "/steps/each";
        JsonNode page = client.get(each + "/items?from=1&limit=1");
        assertThat(page.at("/items/0/item").intValue()).as(Json.pretty(page)).isEqualTo(1);
        assertThat(page.path("next").intValue()).isEqualTo(2);
        assertThat(client.get(each + "/items").path("items")).hasSize(3);
        assertThat(client.get(each + "/items").path("next").isNull()).isTrue();
        assertThat(get(client, each + "/log?item=2").body()).isEqualTo("this is 2\n");
        assertThat(client.get(each + "/attempts?item=2").path("attempts")).hasSize(1);
        assertThatThrownBy(() -> client.get(each + "?item=3")).hasMessageContaining("items 0 to 2, not 3");
    }

    private void resumed(Client client, String run) throws Exception {
        Files.createFile(folder.resolve("good"));
        String next = client.post(run + "/resume", Map.of()).path("run").stringValue();
        client.await(
                "the end",
                Duration.ofMinutes(1),
                "api/runs/" + next,
                answer -> Optional.of(answer)
                        .filter(it -> it.at("/run/state").stringValue().equals("SUCCEEDED")));
        assertThat(client.get("api/runs/" + next + "/steps/parts")
                        .path("cached_from")
                        .stringValue())
                .isEqualTo(client.get(run).at("/run/spec/id").stringValue());
    }
}
