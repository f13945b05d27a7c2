package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a server tells of its runs, over its REST API and by the commands that use it. */
class LineageOnServerTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_model_leads_back_to_data_and_commit(TestDatabases kind) throws Exception {
        Optional<String> database = kind == TestDatabases.POSTGRES ? Optional.of(kind.fresh(folder)) : Optional.empty();
        var settings = new Server.Settings(folder.resolve("server"), database, "127.0.0.1", 0);
        String server;
        try (Server started = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + started.port(), Clock.system())) {
            server = client.address().toString();
            String run = TrainedProject.on(client, folder).run();

            JsonNode lineage = client.get("api/lineage/tiny/1");
            assertThat(lineage.path("registered").path(0).asString())
                    .as(lineage.toPrettyString())
                    .isEqualTo("tiny/1");
            assertThat(lineage.at("/back/0/step/run").stringValue()).isEqualTo(run);
            assertThat(lineage.at("/back/1/others/0/source").stringValue()).isEqualTo("numbers");
            assertThat(lineage.at("/back/0/step/source/commit").stringValue()).matches("[0-9a-f]{40}");
            assertThat(client.get("api/lineage/tiny").path("of").stringValue()).isEqualTo("tiny/1");

            String data = client.get("api/runs/" + run).at("/data/numbers").stringValue();
            assertThat(pawl(0, "lineage", data, "--server", server))
                    .containsSubsequence("└─ split", "└─ train", "model", "model tiny/1");
            assertThat(json(0, "lineage", run, "--server", server).path("back")).hasSize(2);
            assertThat(pawl(2, "lineage", "nothing", "--server", server)).contains("models [tiny]");

            assertThat(pawl(0, "why", "train", "--run", run, "--server", server))
                    .contains("It ");
            assertThat(pawl(2, "why", "train", "--item", "x", "--run", run, "--server", server))
                    .contains("--item");
            assertThat(pawl(0, "reproduce", run, "--server", server)).contains("all equal");
            assertThat(client.get("api/models/tiny").path("versions").intValue())
                    .as("a run that is made again is no production run")
                    .isEqualTo(1);
            assertThat(pawl(2, "resume", run, "--server", server)).contains("only one that failed");
            assertThat(pawl(2, "cancel", run, "--server", server)).contains("had ended");
        }
    }
}
