package dev.pawl.app;

import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Garbage collection from the command line, in a working copy and on a server that still works afterwards. */
class GcCommandTest {
    @TempDir
    Path folder;

    @Test
    void old_runs_of_a_working_copy_go_after_a_dry_run() throws Exception {
        String project = TinyProject.in(folder).folder().toString();
        pawl(0, "run", "--project", project);
        pawl(0, "run", "--project", project);
        List<String> gc = List.of("gc", "--project", project, "--keep-days", "0", "--keep-last", "1", "--json");
        String told = typed(gc, "--dry-run");
        assertThat(Json.tree(told).path("dry_run").booleanValue()).isTrue();
        assertThat(Json.tree(pawl(0, "runs", "--project", project, "--json")).size())
                .isEqualTo(2);
        JsonNode done = Json.tree(typed(gc));
        assertThat(done.path("runs_gone")).isEqualTo(Json.tree(told).path("runs_gone"));
        assertThat(pawl(0, "runs", "--project", project, "--json")).contains("run-");
        assertThat(pawl(0, "gc", "--project", project, "--dry-run")).contains("would go", "stay");
    }

    @Test
    void the_dry_run_tells_of_as_many_artifacts_as_go() throws Exception {
        Path project = TinyProject.in(folder).folder();
        for (String rows : List.of("1\n", "1\n2\n")) { // other counts: what a run has from another one keeps that
            Files.writeString(
                    project.resolve("numbers.csv"), "n\n" + rows); // kept with the run as its uncommitted change
            pawl(0, "run", "--project", project.toString());
        }
        List<String> gc = List.of(
                "gc",
                "--project",
                project.toString(),
                "--keep-days",
                "0",
                "--keep-last",
                "1",
                "--grace",
                "0",
                "--json");

        JsonNode told = Json.tree(typed(gc, "--dry-run"));
        JsonNode done = Json.tree(typed(gc));

        assertThat(told.path("runs_gone").asInt()).isEqualTo(1);
        for (String what : List.of("runs_gone", "cache_entries_gone", "gone", "later", "stay")) {
            assertThat(told.path(what)).as(what).isEqualTo(done.path(what));
        }
    }

    @Test
    void what_a_server_has_deployed_stays_and_runs_on() throws Exception {
        var settings = new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            String address = client.address().toString();
            TinyProject.in(folder).push("tiny", address);
            client.await(
                    "a deployment",
                    Duration.ofSeconds(60),
                    "api/facts?after=0",
                    answer -> answer.path("facts")
                            .valueStream()
                            .filter(fact -> fact.path("type").asString("").equals("PipelineDeployed"))
                            .findFirst());
            String all = "gc --keep-days 0 --keep-last 0 --grace 0 --server " + address;
            for (int i = 0; i < 3; i++) {
                pawl(0, all.split(" "));
            }
            assertThat(pawl(0, all.split(" "))).contains("a deployed pipeline", "a CI run");
            assertThat(pawl(
                            0,
                            ("backfill tiny --from 1971-01-01 --to 1971-01-01 --every 1d --server " + address)
                                    .split(" ")))
                    .contains("SUCCEEDED");
            String run = client.get("api/runs?project=tiny")
                    .at("/runs/0/run/spec/id")
                    .stringValue();
            assertThat(pawl(0, "pin", run, "--server", address)).contains("pinned", run);
            assertThat(pawl(0, all.split(" "))).contains("1 run: pinned");
            assertThat(pawl(0, "pin", "--remove", run, "--server", address)).contains("unpinned");
            assertThat(pawl(2, "pin", "run-unknown", "--server", address)).contains("run-unknown");
            assertThat(pawl(2, "gc", "--keep-last", "-1", "--server", address)).contains("keep_last");
        }
    }

    private static String typed(List<String> arguments, String... more) {
        return pawl(0, Stream.concat(arguments.stream(), Arrays.stream(more)).toArray(String[]::new));
    }
}
