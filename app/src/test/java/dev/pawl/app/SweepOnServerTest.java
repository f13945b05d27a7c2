package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A sweep of what is deployed on a server, begun, cancelled and resumed from outside. */
@Timeout(180)
class SweepOnServerTest {
    private static final String CHECKED = """
        ci:
          package: [score.sh]
          checks:
            unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }
            integration: { sample: 2 }
        environments: { prod: { branch: main, deploy: automatic } }
        """;

    @TempDir
    Path folder;

    @Test
    void what_is_deployed_is_searched_cancelled_and_searched_on() throws Exception {
        var settings = new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", 0);
        TunedProject project = TunedProject.in(folder);
        String yaml = Files.readString(project.folder().resolve("pawl.yaml"));
        Files.writeString(
                project.folder().resolve("pawl.yaml"), yaml.replace("ci: { package: [score.sh] }\n", CHECKED));
        Files.writeString(project.folder().resolve("unit.xml"), TinyProject.UNIT);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            deploy(project, client);
            project.mark("hold");

            JsonNode begun = sweep(0, client, "line", "--detach", "--json", "--as-of", "1971-01-01");
            assertThat(begun.path("as_of").stringValue()).isEqualTo("1971-01-01T00:00:00Z");
            String id = begun.path("sweep").stringValue();
            await(client, id, view -> view.path("ended").intValue() == 3);
            assertThat(Typed.pawl(0, "sweep", "cancel", id, "--server", address(client)))
                    .contains("STOPPED, 3 of 8 trials");
            await(client, id, view -> !view.toString().contains("STOPPING"));
            assertThat(client.get("api/runs").toString()).contains("the sweep was cancelled by hand");

            project.mark("go");
            JsonNode resumed = client.post("api/sweeps/" + id + "/resume", Map.of());
            assertThat(resumed.path("state").stringValue()).isEqualTo("RUNNING");
            JsonNode over = await(client, id, view -> !view.path("ended_at").isNull());
            assertThat(over.path("trials").size()).isEqualTo(8);
            assertThat(over.at("/best/value").doubleValue()).isLessThan(0.1);
            assertThat(client.get("api/runs/" + over.at("/best/run").stringValue())
                            .at("/run/spec/parent")
                            .asString(""))
                    .isEqualTo(id);

            assertThat(Typed.pawl(0, "sweeps", "--server", address(client)))
                    .contains(id, "ENDED", "8 of 8 trials", "best ");
            assertThat(client.get("api/sweeps?project=tuned")
                            .at("/sweeps/0/trials")
                            .size())
                    .isZero();
            assertThat(client.get("api/sweeps?project=other").path("sweeps").size())
                    .isZero();
            assertThat(client.get("api/models").path("models").size()).isZero();
        }
    }

    @Test
    void it_is_followed_to_its_end_and_what_cannot_be_searched_is_said() throws Exception {
        var settings = new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            TunedProject project = TunedProject.in(folder);
            assertThat(pawl(2, client, "line")).contains("No pipeline of 'tuned' is deployed in 'prod'");
            String yaml = Files.readString(project.folder().resolve("pawl.yaml"));
            Files.writeString(
                    project.folder().resolve("pawl.yaml"), yaml.replace("ci: { package: [score.sh] }\n", CHECKED));
            Files.writeString(project.folder().resolve("unit.xml"), TinyProject.UNIT);
            deploy(project, client);

            assertThat(pawl(0, client, "rounds", "--trials", "3"))
                    .contains("begins: 4 trials", "in round 1: score.loss", "best        score.x = ");
            assertThat(pawl(2, client, "lines")).contains("pawl.yaml has no sweep 'lines'; it has [line, rounds]");
            assertThat(pawl(2, client, "line", "--trials", "0")).contains("1 to 10000 trials");
            assertThat(Typed.pawl(2, "sweep", "resume", "sweep-unknown", "--server", address(client)))
                    .contains("sweep-unknown");
        }
    }

    private void deploy(TunedProject project, Client client) throws Exception {
        DemoProject.copyOf(project.folder(), folder.resolve("copy"), new Commands(Clock.system(), OwnJvm.javaHome()))
                .push("tuned", address(client));
        client.await(
                "a deployment",
                Duration.ofSeconds(60),
                "api/facts?after=0",
                answer -> answer.path("facts")
                        .valueStream()
                        .filter(fact -> fact.path("type").asString("").equals("PipelineDeployed"))
                        .findFirst());
    }

    private static JsonNode await(Client client, String id, Predicate<JsonNode> reached) {
        return client.await(
                "the sweep",
                Duration.ofSeconds(60),
                "api/sweeps/" + id,
                view -> Optional.of(view).filter(reached));
    }

    private JsonNode sweep(int exit, Client client, String... arguments) {
        return Json.tree(pawl(exit, client, arguments));
    }

    private String pawl(int exit, Client client, String... arguments) {
        var all = new ArrayList<String>(List.of("sweep"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--project", folder.resolve("tuned").toString(), "--server", address(client)));
        return Typed.pawl(exit, all.toArray(String[]::new));
    }

    private static String address(Client client) {
        return client.address().toString();
    }
}
