package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import dev.pawl.store.Tx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenLineage events are told in the order in which things happened. */
class OpenLineageOrderTest {
    @TempDir
    Path folder;

    private LineageEndpoint endpoint;
    private Optional<OpenLineage> telling = Optional.empty();

    @BeforeEach
    void listen() throws IOException {
        endpoint = LineageEndpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private Rig rig(TestDatabases database) {
        return Rig.telling(database, folder, this::listener).start();
    }

    private OpenLineage listener(Store store, Definitions definitions) {
        telling = Optional.of(new OpenLineage(store, definitions, endpoint.settings(), _ -> Optional.empty()));
        return telling.get();
    }

    private OpenLineage telling() {
        return telling.orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void the_oldest_events_are_forgotten_when_too_many_wait(TestDatabases database) {
        try (Rig rig = rig(database)) {
            RunEventStore rows = new RunEventStore();
            Instant now = Instant.parse("2026-01-01T00:00:00Z");
            List<RunEvent> events = IntStream.range(0, 7)
                    .mapToObj(i -> new RunEvent(
                            new RunId("run-" + i), Optional.empty(), RunEvent.Kind.STARTED, now.plusSeconds(i)))
                    .toList();
            rig.store().database().change(tx -> rows.add(tx, events));

            int dropped = rig.store().database().transact(tx -> rows.dropBeyond(tx, 5));
            assertThat(dropped).isEqualTo(2);
            var claimed = rig.store().database().transact(tx -> rows.claim(tx, "one", now, now.plusSeconds(60), 3));
            assertThat(claimed)
                    .extracting(kept -> kept.event().run().value())
                    .containsExactly("run-2", "run-3", "run-4");
            assertThat(claim(rig, "other", now)).as("while another one tells").isEmpty();
            rig.store().database().change(tx -> rows.release(tx, "one"));
            assertThat(claim(rig, "other", now)).hasSize(5);
        }
    }

    private static List<RunEventStore.Kept> claim(Rig rig, String sender, Instant now) {
        return rig.store()
                .database()
                .transact(tx -> new RunEventStore().claim(tx, sender, now, now.plusSeconds(60), 100));
    }

    @Test
    void a_run_has_ended_after_its_steps_and_a_step_that_is_fanned_out_begins_once() {
        try (Rig rig = rig(TestDatabases.SQLITE);
                OpenLineage open = telling().start()) {
            assertThat(open.trouble()).isEmpty();
            for (int i = 0; i < 5; i++) {
                rig.run(pipeline(
                        rig.step("parts", "for i in 0 1; do echo $i > $PAWL_OUTPUTS/parts/00000$i; done")
                                .givingList()
                                .parameter("round", i),
                        rig.step("each", "cat $PAWL_INPUTS/* > $PAWL_OUTPUTS/each")
                                .each("parts")));
            }

            await().untilAsserted(() -> assertThat(endpoint.told()).hasSize(5 * 6));
            for (int i = 0; i < 5; i++) {
                assertThat(endpoint.told().subList(6 * i, 6 * i + 6))
                        .containsExactly(
                                "test START",
                                "test.parts START",
                                "test.parts COMPLETE",
                                "test.each START",
                                "test.each COMPLETE",
                                "test COMPLETE");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_event_overtakes_those_that_a_server_had_begun_to_tell_when_it_died(TestDatabases database)
            throws Exception {
        try (Rig rig = rig(database)) {
            rig.run(pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a")));
            assertThat(claim(rig, "dead", rig.store().clock().now())).isNotEmpty();
            rig.run(pipeline(rig.step("b", "echo 2 > $PAWL_OUTPUTS/b")));

            telling().sendSome();
            assertThat(endpoint.told()).isEmpty();

            rig.store().database().change(tx -> new RunEventStore().release(tx, "dead"));
            telling().sendSome();
            assertThat(endpoint.told())
                    .containsExactly(
                            "test START",
                            "test.a START",
                            "test.a COMPLETE",
                            "test COMPLETE",
                            "test START",
                            "test.b START",
                            "test.b COMPLETE",
                            "test COMPLETE");
        }
    }

    @Test
    void a_server_that_is_alone_goes_on_at_once_with_what_it_told_when_it_was_killed() {
        try (Rig rig = Rig.telling(folder, this::listener).start()) {
            rig.run(pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a")));
            assertThat(claim(rig, "dead", rig.store().clock().now().plus(Duration.ofDays(1))))
                    .isNotEmpty();
            telling().start();

            await().untilAsserted(() -> assertThat(endpoint.told())
                    .containsExactly("test START", "test.a START", "test.a COMPLETE", "test COMPLETE"));
            telling().close();
        }
    }

    @Test
    void events_that_waited_in_an_older_database_come_first_in_their_order() {
        List<Schema> before = List.of(new Schema("pipeline", Orchestrator.class, 1));
        try (Store store = Store.embedded(folder, Clock.system(), Ids.system(), before)) {
            store.database().change(tx -> {
                insertAsBefore(tx, "x", "SUCCEEDED", 2, 5);
                insertAsBefore(tx, "y", "STARTED", 0, 5);
                insertAsBefore(tx, "z", "STARTED", 0, 4);
            });
        }
        List<Schema> now = List.of(Orchestrator.SCHEMA);
        try (Store store = Store.embedded(folder, Clock.system(), Ids.system(), now)) {
            RunEventStore rows = new RunEventStore();
            Instant time = store.clock().now();
            RunEvent newer = new RunEvent(new RunId("run-new"), Optional.empty(), RunEvent.Kind.STARTED, Instant.EPOCH);
            store.database().change(tx -> rows.add(tx, List.of(newer)));

            assertThat(store.database().transact(tx -> rows.claim(tx, "one", time, time.plusSeconds(9), 9)).stream()
                            .map(kept -> kept.event().run().value()))
                    .containsExactly("run-z", "run-y", "run-x", "run-new");
        }
    }

    private static void insertAsBefore(Tx tx, String name, String kind, int rank, int at) {
        tx.update(
                "insert into lineage_event (id, run_id, step, kind, rank, at, claimed_until) values (?, ?, '', ?, ?,"
                        + " ?, 0)",
                name,
                "run-" + name,
                kind,
                rank,
                at);
    }
}
