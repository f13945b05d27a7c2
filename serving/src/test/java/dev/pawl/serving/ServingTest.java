package dev.pawl.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over a real store, real facts and a real server. */
class ServingTest {
    private static final Instant AS_OF = Instant.parse("1970-12-31T00:00:00Z");
    private static final int CALLERS = 8;

    @TempDir
    private Path folder;

    private final MemoryLog log = new MemoryLog();
    private Store store;
    private Serving serving;
    private Instance server;

    @BeforeEach
    void start() {
        store = Store.embedded(folder, Clock.system(), Ids.system(), List.of(Serving.SCHEMA));
        serving = new Serving(store, log).start();
        server = new Instance(ServingRoutes.of(serving));
    }

    @AfterEach
    void stop() {
        server.close();
        serving.close();
        store.close();
    }

    @Test
    void a_deployed_model_answers_and_its_predictions_are_recorded_first() {
        deploy(1);
        Instance.Reply reply = server.infer("{\"id\":\"r1\",\"parameters\":{\"event_time\":\"1971-03-01\"},"
                + Models.row(3, 0.5).substring(1));
        assertThat(reply.json().at("/outputs/0/data/0").asDouble()).isEqualTo(1030.5);
        assertThat(log.predictions()).singleElement().satisfies(prediction -> {
            assertThat(prediction.id().value()).isEqualTo("r1");
            assertThat(prediction.version()).isEqualTo(Models.version(1));
            assertThat(prediction.eventTime()).isEqualTo("1971-03-01T00:00:00Z");
            assertThat(prediction.inputs()).isEqualTo("{\"day\":3.0,\"lag_14\":0.5}");
            assertThat(prediction.outputs())
                    .isEqualTo("[{\"name\":\"y\",\"shape\":[1,1],\"datatype\":\"FP32\",\"data\":[1030.5]}]");
            assertThat(prediction.value()).isEqualTo(1030.5);
        });
    }

    @Test
    void an_event_time_with_an_offset_is_an_instant_and_none_means_now() {
        deploy(1);
        Instant before = Clock.system().now();
        server.infer(Models.row(1, 1));
        server.infer("{\"parameters\":{\"event_time\":\"1971-03-01T02:30:00.1239+02:00\"},"
                + Models.row(3, 4).substring(1));
        assertThat(log.predictions().getFirst().eventTime())
                .isBetween(before, Clock.system().now());
        assertThat(log.predictions().getLast().eventTime()).isEqualTo("1971-03-01T00:30:00.123Z");
    }

    @Test
    void a_repeated_call_counts_once_and_gets_the_recorded_answer_of_the_version_that_gave_it() {
        deploy(1);
        String batch =
                "{\"id\":\"b\",\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}]}";
        Instance.Reply first = server.infer(batch);
        deploy(2);
        Instance.Reply again = server.infer(batch);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.json().path("model_version").asString()).isEqualTo("1");
        assertThat(log.predictions()).hasSize(2);
        assertThat(server.infer(batch.replace("\"b\"", "\"c\""))
                        .json()
                        .path("model_version")
                        .asString())
                .isEqualTo("2");
    }

    @Test
    void a_known_id_with_other_inputs_is_a_conflict() {
        deploy(1);
        server.infer("{\"id\":\"r1\"," + Models.row(1, 2).substring(1));
        Instance.Reply other = server.infer("{\"id\":\"r1\"," + Models.row(1, 3).substring(1));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.error()).contains("'r1' was made before, with other inputs");
    }

    @Test
    void the_champion_and_the_one_before_answer_by_number() {
        deploy(1);
        deploy(2);
        assertThat(answer("/v2/models/births/infer")).isEqualTo(2012);
        assertThat(answer("/v2/models/births/versions/1/infer")).isEqualTo(1012);
        assertThat(server.get("/v2/models/births").json().path("versions")).hasToString("[\"2\",\"1\"]");
    }

    @Test
    void the_champion_changes_under_load_without_a_dropped_request() throws InterruptedException {
        deploy(1);
        AtomicBoolean enough = new AtomicBoolean();
        Queue<Instance.Reply> replies = new ConcurrentLinkedQueue<>();
        List<Thread> callers = IntStream.range(0, CALLERS)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    while (!enough.get()) {
                        replies.add(server.infer(Models.row(1, 2)));
                    }
                }))
                .toList();
        for (int version : List.of(2, 3, 2, 1)) {
            int before = replies.size();
            await().until(() -> replies.size() > before + 50);
            deploy(version);
        }
        int before = replies.size();
        await().until(() -> replies.size() > before + 50);
        enough.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(replies).allMatch(reply -> reply.status() == 200);
        assertThat(replies)
                .allMatch(reply -> reply.json().at("/outputs/0/data/0").asInt()
                        == 12 + 1000 * reply.json().path("model_version").asInt());
        assertThat(replies.stream()
                        .map(reply -> reply.json().path("model_version").asInt())
                        .distinct())
                .containsExactlyInAnyOrder(1, 2, 3);
        assertThat(answer("/v2/models/births/infer")).isEqualTo(1012);
    }

    @Test
    void after_a_restart_the_same_versions_answer() {
        deploy(1);
        deploy(2);
        stop();
        start();
        await().until(serving::ready);
        assertThat(server.get("/v2/health/ready").status()).isEqualTo(200);
        assertThat(serving.champion(Models.BIRTHS)).contains(Models.version(2));
        assertThat(answer("/v2/models/births/infer")).isEqualTo(2012);
        assertThat(answer("/v2/models/births/versions/1/infer")).isEqualTo(1012);
    }

    @Test
    void a_service_whose_model_is_damaged_is_not_ready_and_says_why_until_it_is_mended() throws IOException {
        deploy(1);
        stop();
        Path artifact = onlyArtifact();
        byte[] sound = Files.readAllBytes(artifact);
        Files.write(artifact, new byte[] {1});
        start();
        await().until(() -> !serving.troubles().isEmpty());
        Instance.Reply ready = server.get("/v2/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.error()).contains("births/1 could not be loaded", "is damaged");
        assertThat(server.infer(Models.row(1, 2)).status()).isEqualTo(503);
        assertThat(serving.settled()).isFalse();
        Files.write(artifact, sound);
        await().until(serving::ready);
        assertThat(serving.troubles()).isEmpty();
        assertThat(answer("/v2/models/births/infer")).isEqualTo(1012);
    }

    @Test
    void a_successor_that_cannot_be_loaded_leaves_the_champion_and_the_service_ready() {
        deploy(1);
        append(2, store.artifacts().putText("not a model"));
        await().until(() -> !serving.troubles().isEmpty());
        assertThat(serving.ready()).isTrue();
        assertThat(serving.settled()).isFalse();
        assertThat(serving.live(Models.version(1))).isTrue();
        assertThat(answer("/v2/models/births/infer")).isEqualTo(1012);
    }

    private double answer(String path) {
        Instance.Reply reply = server.post(path, Models.row(1, 2));
        assertThat(reply.status()).as(reply.error()).isEqualTo(200);
        return reply.json().at("/outputs/0/data/0").asDouble();
    }

    private void deploy(int version) {
        append(version, store.artifacts().put(Models.births(version)));
        await().until(() -> serving.live(Models.version(version)));
        await().until(serving::settled);
    }

    private void append(int version, Digest artifact) {
        Fact fact = new Fact.ModelDeployed(
                new ProjectName("births"),
                new EnvironmentName("prod"),
                Models.version(version),
                Optional.empty(),
                artifact,
                Digest.of("definition"),
                AS_OF,
                "all gates passed");
        store.database().change(tx -> store.ledger().append(tx, fact));
    }

    private Path onlyArtifact() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("artifacts/objects"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }
}
