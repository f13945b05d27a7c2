package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepMetricsTest {
    private static final StepName STEP = new StepName("train");

    @TempDir
    Path folder;

    @Test
    void points_are_read_in_order() throws IOException {
        Files.writeString(file(), """
            {"name":"loss","step":3,"value":0.12}
            {"name":"rows","value":7}
            """);

        assertThat(StepMetrics.read(STEP, file()))
                .containsExactly(new MetricPoint(STEP, "loss", 3, 0.12), new MetricPoint(STEP, "rows", 0, 7));
    }

    @Test
    void a_step_need_not_report_anything() {
        assertThat(StepMetrics.read(STEP, file())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "loss 3",
                "{\"name\":\"loss\",\"value\":NaN}",
                "{\"name\":\"loss\",\"value\":1e999}",
                "{\"name\":\"loss\",\"value\":\"1\"}",
                "{\"name\":\"loss\"}",
                "{\"value\":1}",
                "{\"name\":\" \",\"value\":1}",
                "{\"name\":\"loss\",\"step\":\"a\",\"value\":1}",
                "{\"name\":\"loss\",\"step\":3.5,\"value\":1}",
                "{\"name\":\"loss\",\"step\":null,\"value\":1}",
                "{\"name\":7,\"value\":1}",
                "{\"name\":\"loss\",\"value\":1"
            })
    void a_bad_line_is_told(String line) throws IOException {
        Files.writeString(file(), "{\"name\":\"rows\",\"value\":7}\n" + line + "\n");

        assertThatThrownBy(() -> StepMetrics.read(STEP, file()))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("metrics.jsonl:2: ");
    }

    @Test
    void too_many_points_are_told() throws IOException {
        Files.writeString(file(), "{\"name\":\"a\",\"value\":7}\n".repeat(StepMetrics.MOST_POINTS + 1));

        assertThatThrownBy(() -> StepMetrics.read(STEP, file())).hasMessageContaining("every n-th step");
    }

    private Path file() {
        return folder.resolve("metrics.jsonl");
    }
}
