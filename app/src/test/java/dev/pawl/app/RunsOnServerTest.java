package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server's runs are listed, shown and their logs followed from the command line, as those of a working copy are. */
@Timeout(180)
class RunsOnServerTest {
    private static final String YAML = """
        project: tiny
        pipeline:
          steps:
            give: { run: 'for i in 0 1 2; do echo $i > "$PAWL_OUTPUTS/parts/00000$i"; done; echo parts', outputs: { parts: list of files } }
            each: { run: 'echo "this is $(cat "$PAWL_INPUTS/part")"; cp "$PAWL_INPUTS/part" "$PAWL_OUTPUTS/copy"', each: { part: give.parts }, outputs: { copy: file } }
            slow: { run: 'echo begun; echo "{\\"name\\":\\"n\\",\\"value\\":4}" >> "$PAWL_METRICS"; while [ ! -e OPEN ]; do sleep 0.05; done; echo done', inputs: { copies: each.copy }, cache: false, parameters: { eta: 0.5 } }
        ci: { checks: { unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }, integration: { sample: 2 } } }
        environments: { prod: { branch: main, deploy: automatic } }
        """;

    @TempDir
    Path folder;

    @Test
    void a_servers_runs_are_listed_shown_and_followed() throws Exception {
        var settings = new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            String[] there = {"--server", client.address().toString()};
            assertThat(pawl(0, "runs", there[0], there[1])).contains("the server has no run yet");
            String run = deployed(client);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(pawl(0, "logs", run, "slow", there[0], there[1]))
                            .isEqualTo("begun\n"));
            var followed = CompletableFuture.supplyAsync(() -> pawl(0, "logs", run, "-f", there[0], there[1]));
            Files.createFile(folder.resolve("open"));
            assertThat(followed.get(1, TimeUnit.MINUTES)).isEqualTo("slow | begun\nslow | done\n");

            listed(run, there);
            shown(run, there);
            logged(run, there);
            cancelled(run, there);
        }
    }

    private static void listed(String run, String... there) {
        assertThat(pawl(0, "runs", there[0], there[1]))
                .contains("COMMIT", run.substring(0, 15), "tiny", "production", "integration", "succeeded");
        JsonNode newest = json(0, "runs", "--last", "1", there[0], there[1]);
        assertThat(newest).hasSize(1);
        assertThat(newest.at("/0/run").stringValue()).isEqualTo(run);
        assertThat(newest.at("/0/commit").stringValue()).hasSize(40);
        assertThat(pawl(2, "runs", "--order", "metric.n", there[0], there[1])).contains("has no metrics");
        assertThat(pawl(2, "runs", "--last", "201", there[0], there[1])).contains("from 1 to 200");
    }

    private void shown(String run, String... there) {
        assertThat(pawl(0, "show", run.substring(0, 15), there[0], there[1]))
                .contains("SUCCEEDED", "commit", "slow.eta = 0.5", "slow.n = 4", "artifact    each.copy");
        JsonNode shown = json(0, "show", run, there[0], there[1]);
        assertThat(shown.path("run").stringValue()).isEqualTo(run);
        assertThat(shown.at("/metrics/slow.n").intValue()).isEqualTo(4);
        assertThat(shown.path("steps")).hasSize(3);
        assertThat(pawl(2, "show", run, "--diff", there[0], there[1])).contains("no uncommitted changes");
        assertThat(pawl(2, "show", "run-unknown", there[0], there[1])).contains("There is no run run-unknown");
        assertThat(pawl(2, "show", run, there[0], there[1], "--project", folder.toString()))
                .contains("--project or --server");
    }

    private static void logged(String run, String... there) {
        assertThat(pawl(0, "logs", run, "give", there[0], there[1])).contains("came from the cache", "parts\n");
        String integration =
                json(0, "runs", there[0], there[1]).at("/1/run").stringValue(); // its items were not in the cache
        assertThat(pawl(0, "logs", integration, "each", there[0], there[1]))
                .isEqualTo("each[0] | this is 0\neach[1] | this is 1\neach[2] | this is 2\n");
        assertThat(pawl(0, "logs", run, "slow", "--json", there[0], there[1]).lines())
                .first()
                .asString()
                .contains("\"attempt\":1", "\"line\":\"begun\"");
        assertThat(pawl(2, "logs", run, "slwo", there[0], there[1])).contains("has no step 'slwo'");
    }

    private void cancelled(String run, String... there) throws Exception {
        Files.delete(folder.resolve("open"));
        String again = json(0, "reproduce", run, "--detach", there[0], there[1])
                .path("run")
                .stringValue();
        assertThat(pawl(0, "cancel", again, there[0], there[1])).contains("cancelled");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(pawl(0, "show", again, there[0], there[1]))
                        .contains("CANCELLED: cancelled by hand"));
    }

    /** Pushed, and run in production, where its last step waits. */
    private String deployed(Client client) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(
                source.resolve("pawl.yaml"),
                YAML.replace("OPEN", folder.resolve("open").toString()));
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        Files.createFile(folder.resolve("open"));
        DemoProject.copyOf(source, folder.resolve("copy"), new Commands(Clock.system(), OwnJvm.javaHome()))
                .push("tiny", client.address().toString());
        TrainedProject.await(client, "PipelineDeployed");
        client.get("api/quiet?within=60");
        Files.delete(folder.resolve("open"));
        return client.post("api/projects/tiny/environments/prod/runs", Map.of("reason", "a test"))
                .path("run")
                .stringValue();
    }
}
