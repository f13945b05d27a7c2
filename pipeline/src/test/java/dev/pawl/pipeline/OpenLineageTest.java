package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition.DataSource;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenLineageTest {
    private static final OpenLineage.Location PLACE =
            new OpenLineage.Location("http://127.0.0.1:7295/git/test.git", "3f2a9c1d");

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
        telling = Optional.of(new OpenLineage(store, definitions, endpoint.settings(), _ -> Optional.of(PLACE)));
        return telling.get();
    }

    private OpenLineage telling() {
        return telling.orElseThrow();
    }

    private void awaitTold(String... events) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(endpoint.told()).contains(events));
    }

    @ParameterizedTest
    @EnumSource
    void what_happens_to_runs_and_steps_is_told(TestDatabases database) {
        try (Rig rig = rig(database);
                OpenLineage open = telling().start()) {
            assertThat(open.trouble()).isEmpty();
            Digest content = rig.packageOf(Map.of("days.csv", "day,n\n1970-01-01,1\n"));
            RunId id = rig.submit(
                    pipeline(
                            Map.of("days", new DataSource("days.csv", Optional.of("day"), Duration.ZERO)),
                            rig.step("a", "cat $PAWL_INPUTS/days.csv > $PAWL_OUTPUTS/a")
                                    .reading("days"),
                            rig.step("b", "cat $PAWL_INPUTS/a > $PAWL_OUTPUTS/b; echo >> $PAWL_OUTPUTS/b")
                                    .after("a")
                                    .parameter("eta", 0.1)),
                    content,
                    Optional.empty());
            rig.awaitEnd(id);

            awaitTold(
                    "test START",
                    "test.a START",
                    "test.a COMPLETE",
                    "test.b START",
                    "test.b COMPLETE",
                    "test COMPLETE");
            assertThat(endpoint.keys).containsOnly("Bearer a key");
            var whole = endpoint.event("test COMPLETE");
            assertThat(whole.getInputs()).extracting(InputDataset::getName).containsExactly("test/data/days");
            assertThat(whole.getOutputs()).extracting(OutputDataset::getName).containsExactly("test/a/a", "test/b/b");
            var step = endpoint.event("test.b COMPLETE");
            assertThat(step.getRun().getFacets().getParent().getRun().getRunId())
                    .isEqualTo(whole.getRun().getRunId());
            assertThat(step.getRun().getFacets().getParent().getJob().getName()).isEqualTo("test");
            assertThat(step.getRun().getRunId())
                    .isEqualTo(endpoint.event("test.b START").getRun().getRunId())
                    .isNotEqualTo(whole.getRun().getRunId());
            assertThat(step.getJob().getNamespace()).isEqualTo("test-space");
            assertThat(step.getJob().getFacets().getJobType().getJobType()).isEqualTo("STEP");
            assertThat(step.getJob().getFacets().getSourceCodeLocation().getVersion())
                    .isEqualTo("3f2a9c1d");
            assertThat(step.getInputs()).extracting(InputDataset::getName).containsExactly("test/a/a");
            assertThat(step.getOutputs().getFirst().getFacets().getVersion().getDatasetVersion())
                    .isEqualTo(rig.stepOf(id, "b")
                            .outputs()
                            .values()
                            .iterator()
                            .next()
                            .value());
            assertThat(endpoint.event("test.a COMPLETE").getInputs())
                    .extracting(InputDataset::getName)
                    .containsExactly("test/data/days");
        }
    }

    @Test
    void failures_and_cancelled_runs_are_told_with_the_reason() {
        try (Rig rig = rig(TestDatabases.SQLITE);
                OpenLineage open = telling().start()) {
            assertThat(open.trouble()).isEmpty();
            rig.run(pipeline(rig.step("bad", "echo it is broken; exit 3").attempts(2)));
            RunId long0 = rig.submit(pipeline(rig.step("slow", "touch $MARKS/begun; sleep 600")));
            rig.awaitMark("begun");
            rig.orchestrator().cancel(long0, "by hand");
            rig.awaitEnd(long0);

            awaitTold(
                    "test.bad START",
                    "test.bad RUNNING",
                    "test.bad FAIL",
                    "test FAIL",
                    "test.slow ABORT",
                    "test ABORT");
            var error = endpoint.event("test.bad FAIL").getRun().getFacets().getErrorMessage();
            assertThat(error.getMessage()).contains("it is broken");
            assertThat(error.getProgrammingLanguage()).isEqualTo("SHELL");
            assertThat(endpoint.event("test ABORT")
                            .getRun()
                            .getFacets()
                            .getErrorMessage()
                            .getMessage())
                    .contains("by hand");
        }
    }

    @Test
    void what_came_from_the_cache_is_told_like_anything_else() {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            var definition = pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a"));
            rig.run(definition);
            rig.run(definition);
            telling().start();

            await().untilAsserted(() -> assertThat(endpoint.told())
                    .hasSize(8)
                    .filteredOn(told -> told.equals("test.a START") || told.equals("test.a COMPLETE"))
                    .hasSize(4));
            telling().close();
        }
    }

    @Test
    void while_the_endpoint_does_not_answer_runs_go_on_and_nothing_is_lost() {
        endpoint.answer = 503;
        try (Rig rig = rig(TestDatabases.SQLITE);
                OpenLineage open = telling().start()) {
            rig.run(pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a")));
            await().until(() -> endpoint.refused.get() > 0 && open.trouble().isPresent());
            assertThat(open.trouble().orElseThrow()).contains("kept and tried again", "503");

            endpoint.answer = 200;
            awaitTold("test START", "test.a START", "test.a COMPLETE", "test COMPLETE");
            await().until(() -> open.trouble().isEmpty());
        }
    }

    @Test
    void what_the_endpoint_refuses_is_not_sent_for_ever() throws Exception {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            endpoint.answer = 400;
            rig.run(pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a")));

            assertThat(telling().sendSome()).isFalse();
            assertThat(endpoint.refused).hasValue(4);
            assertThat(telling().sendSome()).isFalse();
            assertThat(endpoint.refused).hasValue(4);
        }
    }

    @Test
    void an_address_that_cannot_be_one_is_refused() {
        assertThatThrownBy(() -> new OpenLineage.Settings(URI.create("marquez"), "pawl", Optional.empty()))
                .hasMessageContaining("http://HOST:PORT");
    }

    @Test
    void why_the_endpoint_is_not_reached_is_said() throws IOException {
        endpoint.close();
        try (Rig rig = rig(TestDatabases.SQLITE);
                OpenLineage open = telling().start()) {
            rig.run(pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a")));
            await().until(() -> open.trouble().isPresent());

            assertThat(open.trouble().orElseThrow()).endsWith(": the connection was refused");
        }
    }
}
