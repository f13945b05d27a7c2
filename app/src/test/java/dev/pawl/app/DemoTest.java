package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The story that must always work, as {@code pawl demo} tells it, and what a user then does with the server. */
class DemoTest {
    private static final List<String> PHASES = List.of("build", "ci", "deploy", "train", "gates", "replay");

    @TempDir
    Path temporary;

    @AfterEach
    void stop() throws Exception {
        Path lock = temporary.resolve("demo/server/lock");
        if (Files.exists(lock)) {
            ProcessHandle.of(Long.parseLong(Files.readString(lock).strip())).ifPresent(server -> {
                server.destroy();
                server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            });
        }
    }

    @Test
    void the_ring_turns_and_the_loop_beats_the_frozen_model() throws Exception {
        var progress = new DemoProgress(new PrintWriter(System.out, true, StandardCharsets.UTF_8), Clock.system());
        var options = new Demo.Options(Optional.of(temporary.resolve("demo")), LocalDate.of(1988, 12, 31), true);
        DemoReport report = new Demo(options, progress).run();

        assertThat(report.frozenMape()).isBetween(3.5, 7.0);
        assertThat(report.loopMape()).isBetween(2.0, 3.5).isLessThan(report.frozenMape() - 1);
        assertThat(report.yearlyMape()).isBetween(2.0, 3.5);
        assertThat(report.retrainings()).isNotEmpty();
        assertThat(report.retrainings().getFirst()).isBetween(LocalDate.of(1971, 10, 1), LocalDate.of(1973, 3, 1));
        assertThat(report.predictions()).isEqualTo(6_575);
        assertThat(report.labels()).isEqualTo(6_575);
        assertThat(report.seconds()).containsKeys(PHASES.toArray(String[]::new));

        try (Client client = new Client(report.server(), Clock.system())) {
            everyPredictionHasAWayBack(client, report);
            thePageShowsTheRing(report);
            aRollbackBringsTheFormerChampionBack(client);
        }
    }

    private static void everyPredictionHasAWayBack(Client client, DemoReport report) {
        for (String id :
                List.of(report.predictionId(), "births-1971-01-01", "births-1972-07-04", "births-1980-02-29")) {
            JsonNode way = client.get("api/trace?prediction=" + Client.encode(id));
            assertThat(way.path("prediction").stringValue()).isEqualTo(id);
            assertThat(way.path("commit").stringValue()).matches("[0-9a-f]{40}");
            assertThat(way.path("package_digest").stringValue()).startsWith("sha256:");
            assertThat(way.path("data").path("births").stringValue()).startsWith("sha256:");
            assertThat(way.path("gates")
                            .valueStream()
                            .map(gate -> gate.path("answer").stringValue()))
                    .containsOnly("PASSED")
                    .hasSize(4);
        }
    }

    /** In a real browser, which runs the page's script. */
    private void thePageShowsTheRing(DemoReport report) throws Exception {
        String page = Browser.page(temporary.resolve("browser"), report.server());
        assertThat(page)
                .contains("is the champion now", "6 monitoring", "facts in the ledger")
                .contains("<canvas")
                .doesNotContain("does not answer");
    }

    private static void aRollbackBringsTheFormerChampionBack(Client client) {
        int champion = client.get("v2/models/births")
                .path("versions")
                .valueStream()
                .mapToInt(version -> Integer.parseInt(version.stringValue()))
                .max()
                .orElseThrow();
        client.post("api/models/births/rollback", Map.of("reason", "a test of the way back"));
        client.get("api/quiet?within=30");
        JsonNode champions = client.get("api/models/births/champions").path("champions");
        int now = champions.path(0).path("version").path("number").intValue();
        assertThat(now).isLessThan(champion);
        JsonNode metadata = client.get("v2/models/births/versions/" + now);
        int width = metadata.path("properties").path("features").stringValue().split(",", -1).length;
        JsonNode answer = client.post(
                "v2/models/births/infer",
                Json.tree("{\"id\":\"after-rollback\",\"inputs\":[{\"name\":\"features\",\"shape\":[1,%d],"
                                .formatted(width)
                        + "\"datatype\":\"FP32\",\"data\":["
                        + String.join(",", Collections.nCopies(width, "1"))
                        + "]}]}"));
        assertThat(answer.path("model_version").stringValue()).isEqualTo("" + now);
    }
}
