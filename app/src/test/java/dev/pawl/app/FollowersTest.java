package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.SettableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that follow something on a server go on when it restarts. */
@Timeout(240)
class FollowersTest {
    private static final String ASKED_AGAIN = "asked again for up to 30 s";
    private static final String YAML = """
        project: slow
        pipeline: { steps: { wait: { run: 'echo begun; echo "{\\"name\\":\\"loss\\",\\"value\\":1}" >> "$PAWL_METRICS"; while [ ! -e OPEN ]; do sleep 0.05; done', cache: false, parameters: { x: 0.5 } } } }
        ci: { checks: { unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }, integration: { sample: 2 } } }
        environments: { prod: { branch: main, deploy: automatic } }
        sweeps: { line: { search: random, trials: 1, metric: wait.loss, goal: min, parameters: { wait.x: { min: 0, max: 1 } } } }
        """;

    /** A command under way. */
    private record Follower(StringWriter printed, CompletableFuture<Integer> exit) {
        static Follower of(String command) {
            StringWriter printed = new StringWriter();
            var pawl = Pawl.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
            return new Follower(printed, CompletableFuture.supplyAsync(() -> pawl.execute(command.split(" "))));
        }
    }

    @TempDir
    Path folder;

    @Test
    void a_restart_of_the_server_is_outlived() throws Exception {
        Server server = start(0);
        int port = server.port();
        String address = "http://127.0.0.1:" + port;
        try {
            String run = deploy(address);
            Files.delete(folder.resolve("open"));
            List<Follower> followers = Stream.of(
                            "backfill slow --from 1971-01-01 --to 1971-01-02 --every 1d --parallel 2",
                            "sweep line --project " + folder.resolve("source"),
                            "reproduce " + run)
                    .map(command -> Follower.of(command + " --server " + address))
                    .toList();
            awaitRunning(address, 4);

            server.close();
            followers.forEach(it -> await().until(() -> it.printed().toString().contains(ASKED_AGAIN)));
            server = start(port);
            Files.createFile(folder.resolve("open"));

            for (Follower follower : followers) {
                assertThat(follower.exit().get(90, TimeUnit.SECONDS))
                        .as(follower.printed().toString())
                        .isZero();
                assertThat(follower.printed().toString()).containsOnlyOnce(ASKED_AGAIN);
            }
        } finally {
            server.close();
        }
    }

    @Test
    void who_has_asked_long_enough_is_told_that_the_work_goes_on() {
        List<String> told = new ArrayList<>();
        SettableClock clock = SettableClock.at("1971-01-01T00:00:00Z");
        try (Client client = new Client("http://127.0.0.1:1", clock)) {
            assertThatThrownBy(() -> client.get("api/runs")).hasMessageContaining("Start one with 'pawl up'");
            client.follow("pawl show run-1", told::add);

            assertThatThrownBy(() -> client.get("api/runs"))
                    .isInstanceOf(PawlException.class)
                    .hasMessageContaining("for 30 s. The work goes on there")
                    .hasMessageContaining("'pawl show run-1 --server http://127.0.0.1:1/' shows it");
            assertThat(told).singleElement().asString().contains(ASKED_AGAIN);
            assertThat(clock.now()).isEqualTo("1971-01-01T00:00:30Z");
        }
    }

    private Server start(int port) {
        return Server.start(new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", port));
    }

    /** Returns the integration run. */
    private String deploy(String address) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(
                source.resolve("pawl.yaml"),
                YAML.replace("OPEN", folder.resolve("open").toString()));
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        Files.createFile(folder.resolve("open"));
        try (Client client = new Client(address, Clock.system())) {
            DemoProject.copyOf(source, folder.resolve("copy"), new Commands(Clock.system(), OwnJvm.javaHome()))
                    .push("slow", client.address().toString());
            TrainedProject.await(client, "PipelineDeployed");
            client.get("api/quiet?within=60");
            return Where.run(client, Optional.empty());
        }
    }

    private static void awaitRunning(String address, int runs) {
        try (Client client = new Client(address, Clock.system())) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.get("api/runs")
                                    .path("runs")
                                    .valueStream()
                                    .filter(run -> run.path("state").asString().equals("RUNNING"))
                                    .count()
                            == runs);
        }
    }
}
