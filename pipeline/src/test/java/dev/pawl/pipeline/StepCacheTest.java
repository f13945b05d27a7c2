package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCacheTest {
    private static final String RUN =
            "echo x >> $MARKS/a; echo '{\"name\":\"loss\",\"step\":7,\"value\":0.5}' > ../metrics.jsonl; echo 1 >"
                    + " ../outputs/a";

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.in(folder).start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void the_same_step_is_not_run_twice_and_keeps_its_metrics() {
        RunId first = rig.run(pipeline(rig.step("a", RUN))).spec().id();
        RunId second = rig.run(pipeline(rig.step("a", RUN))).spec().id();

        assertThat(rig.count("a")).isEqualTo(1);
        assertThat(rig.stepOf(second, "a")).satisfies(step -> {
            assertThat(step.state()).isEqualTo(StepState.CACHED);
            assertThat(step.cachedFrom()).contains(first);
            assertThat(step.outputs()).isEqualTo(rig.stepOf(first, "a").outputs());
            assertThat(step.cacheKey()).isEqualTo(rig.stepOf(first, "a").cacheKey());
        });
        assertThat(rig.orchestrator().metrics(second))
                .isEqualTo(rig.orchestrator().metrics(first));
        assertThat(rig.orchestrator().metrics(second))
                .extracting(MetricPoint::name, MetricPoint::position, MetricPoint::value)
                .containsExactly(tuple("loss", 7L, 0.5));
    }

    @Test
    void what_a_run_made_that_is_gone_is_made_again_since_its_metrics_went_with_it() {
        RunId first = rig.run(pipeline(rig.step("a", RUN))).spec().id();
        rig.store().database().change(tx -> {
            for (String column : List.of("metric where run_id", "step where run_id", "run where id")) {
                tx.update("delete from " + column + " = ?", first);
            }
        });
        RunId second = rig.run(pipeline(rig.step("a", RUN))).spec().id();

        assertThat(rig.count("a")).isEqualTo(2);
        assertThat(rig.orchestrator().metrics(second)).hasSize(1);
    }

    @Test
    void another_parameter_command_or_package_is_another_step() {
        rig.run(pipeline(rig.step("a", RUN)));
        rig.run(pipeline(rig.step("a", RUN).parameter("eta", 0.1)));
        rig.run(pipeline(rig.step("a", RUN).parameter("eta", 0.2)));
        rig.run(pipeline(rig.step("a", RUN + " ")));
        rig.awaitEnd(rig.submit(pipeline(rig.step("a", RUN)), rig.packageOf(Map.of("b", "c")), Optional.empty()));

        assertThat(rig.count("a")).isEqualTo(5);
    }

    @Test
    void what_reads_equal_content_is_found_though_the_step_before_ran_again() {
        TestStep reader =
                rig.step("b", "echo x >> $MARKS/b; cp ../inputs/a ../outputs/b").after("a");
        rig.run(pipeline(rig.step("a", RUN), reader));
        rig.run(pipeline(rig.step("a", RUN + "; true"), reader));
        rig.run(pipeline(rig.step("a", RUN + "; echo 2 > ../outputs/a"), reader));

        assertThat(rig.count("a")).isEqualTo(3);
        assertThat(rig.count("b")).isEqualTo(2);
    }

    @Test
    void a_step_may_decline_the_cache_and_gives_it_nothing_either() {
        rig.run(pipeline(rig.step("a", RUN).uncached()));
        rig.run(pipeline(rig.step("a", RUN).uncached()));
        rig.run(pipeline(rig.step("a", RUN)));

        assertThat(rig.count("a")).isEqualTo(3);
    }

    @Test
    void damaged_and_missing_outputs_are_made_again() throws IOException {
        Digest output = rig.stepOf(rig.run(pipeline(rig.step("a", RUN))).spec().id(), "a")
                .outputs()
                .values()
                .iterator()
                .next();

        Files.writeString(rig.object(output), "2");
        assertThat(rig.run(pipeline(rig.step("a", RUN))).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(rig.store().artifacts().text(output)).isEqualTo("1\n");

        Files.delete(rig.object(output));
        assertThat(rig.run(pipeline(rig.step("a", RUN))).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(rig.count("a")).isEqualTo(3);
    }

    @Test
    void a_failed_step_is_not_cached() {
        rig.run(pipeline(rig.step("a", RUN + "; exit 1")));
        rig.run(pipeline(rig.step("a", RUN + "; exit 1")));

        assertThat(rig.count("a")).isEqualTo(2);
    }
}
