package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A backfill from the command line to its runs and back. */
class BackfillCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_deployed_pipeline_is_run_over_the_past_and_followed_to_the_end() throws Exception {
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

            String told = pawl(
                    0, "backfill tiny --from 1971-01-01 --to 1971-01-22 --every 1w --parallel 2 --server " + address);
            assertThat(told).contains("SUCCEEDED", "4 of 4 over", "tiny in prod");

            JsonNode listed = Json.tree(pawl(0, "backfill list --json --server " + address));
            String id = listed.at("/backfills/0/id").stringValue();
            assertThat(Json.tree(pawl(0, "backfill show " + id + " --json --server " + address))
                            .at("/counts/succeeded")
                            .intValue())
                    .isEqualTo(4);
            assertThat(pawl(0, "backfill show " + id + " --server " + address)).contains("every 7d");
            assertThat(client.get("api/backfills/" + id + "/runs").at("/runs/3/as_of"))
                    .hasToString("\"1971-01-22T00:00:00Z\"");
            assertThat(pawl(0, "backfill watch " + id + " --server " + address)).contains("SUCCEEDED");
            assertThat(pawl(2, "backfill pause " + id + " --server " + address))
                    .contains("is SUCCEEDED and cannot be paused");
            assertThat(pawl(2, "backfill show backfill-unknown --server " + address))
                    .contains("backfill-unknown", "pawl backfill list");
            assertThat(pawl(2, "backfill tiny --to 1971-01-22 --every 1w --server " + address))
                    .contains("--from is missing");
            assertThat(pawl(2, "backfill tiny --from 1971 --to 1971-01-22 --every 1w --server " + address))
                    .contains("'--from'", "a date (1971-01-31)");
            assertThat(client.get("api/models").path("models").size())
                    .as("nothing is registered")
                    .isZero();
        }
    }

    private static String pawl(int exit, String arguments) {
        return Typed.pawl(exit, arguments.split(" "));
    }
}
