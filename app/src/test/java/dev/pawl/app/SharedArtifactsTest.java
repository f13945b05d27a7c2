package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two servers, each a {@code pawl up}, on one PostgreSQL and one folder of artifacts. */
@Timeout(180)
class SharedArtifactsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String RUNS = "api/runs?project=held";

    private final Clock clock = Clock.system();

    @TempDir
    Path folder;

    @Test
    void when_one_of_two_servers_is_killed_the_other_finishes_its_run() throws Exception {
        String database = TestDatabases.POSTGRES.fresh(folder);
        List<String> shared = List.of("--database", database, "--artifacts", "" + folder.resolve("shared"));
        Path marks = Files.createDirectories(folder.resolve("marks"));
        try (DemoServer first = DemoServer.start(folder.resolve("first"), 0, true, shared, clock);
                Client toFirst = new Client(first.address(), clock)) {
            Path go = Files.writeString(marks.resolve("go"), ""); // the check of the push need not wait
            project(marks).push("held", first.address());
            toFirst.await("a deployment", PATIENCE, "api/projects/held/environments", SharedArtifactsTest::deployed);
            for (String mark : List.of("go", "begun", "before")) {
                Files.delete(marks.resolve(mark));
            }
            try (DemoServer second = DemoServer.start(folder.resolve("second"), 0, true, shared, clock);
                    Client toSecond = new Client(second.address(), clock)) {
                toFirst.post("api/projects/held/environments/prod/runs", Map.of("reason", "to be killed"));
                Path begun = marks.resolve("begun");
                await().atMost(PATIENCE)
                        .until(() -> Files.exists(begun) && !lines(begun).isEmpty());
                boolean isFirst = lines(begun).getFirst().contains("/first/");

                (isFirst ? first : second).kill();
                await().atMost(PATIENCE).until(() -> lines(begun).size() == 2);
                assertThat(lines(begun).getLast()).contains(isFirst ? "/second/" : "/first/");
                Files.writeString(go, "");

                Client left = isFirst ? toSecond : toFirst;
                JsonNode run = left.await("an end", PATIENCE, RUNS, SharedArtifactsTest::over);
                assertThat(run.path("state").stringValue()).isEqualTo("SUCCEEDED");
                assertThat(lines(marks.resolve("before")))
                        .as("is not made again")
                        .hasSize(1);
            }
        }
        assertThat(folder.resolve("first/artifacts")).doesNotExist();
        assertThat(folder.resolve("second/artifacts")).doesNotExist();
    }

    /** A step whose output the other server must find, and one that is held. */
    private DemoProject project(Path marks) throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("pawl.yaml"), """
            project: held
            pipeline:
              steps:
                before: { run: 'echo x >> MARKS/before; echo 1 > "$PAWL_OUTPUTS/one"', outputs: { one: file }, cache: false }
                held:
                  run: |
                    echo $PAWL_STEP >> MARKS/begun
                    while [ ! -e MARKS/go ]; do sleep 0.05; done
                    cp "$PAWL_INPUTS/one" "$PAWL_OUTPUTS/two"
                  inputs: { one: before }
                  outputs: { two: file }
                  cache: false
            ci: { checks: { unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }, integration: { sample: 2 } } }
            environments: { prod: { branch: main, deploy: automatic } }
            """.replace("MARKS", marks.toString()));
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        return DemoProject.copyOf(source, folder.resolve("project"), new Commands(clock, OwnJvm.javaHome()));
    }

    private static Optional<Boolean> deployed(JsonNode answer) {
        return answer.at("/environments/0/current").isObject() ? Optional.of(true) : Optional.empty();
    }

    private static Optional<JsonNode> over(JsonNode answer) {
        return answer.path("runs")
                .valueStream()
                .filter(run -> run.at("/run/spec/purpose").asString("").equals("PRODUCTION"))
                .filter(run -> run.path("state").asString("").matches("SUCCEEDED|FAILED|CANCELLED"))
                .findFirst();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
