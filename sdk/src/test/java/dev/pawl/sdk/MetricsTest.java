package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    @TempDir
    Path folder;

    @Test
    void recorded_metrics_are_kept_in_order() {
        RecordedMetrics metrics = Metrics.recording();
        metrics.log("loss", 1, 0.5);
        metrics.log("loss", 2, 0.25);
        metrics.log("mape", 0.03);

        assertThat(metrics.points())
                .containsExactly(
                        new MetricPoint("loss", 1, 0.5),
                        new MetricPoint("loss", 2, 0.25),
                        new MetricPoint("mape", 0, 0.03));
        assertThat(metrics.values("loss")).containsExactly(0.5, 0.25);
        assertThat(metrics.last("loss")).isEqualTo(0.25);
        assertThatThrownBy(() -> metrics.last("mae")).hasMessage("Metric 'mae' was never logged");
    }

    @Test
    void the_file_has_a_line_of_json_per_point() {
        Metrics metrics = new MetricsFile(folder.resolve("metrics.jsonl"));
        metrics.log("loss", 3, 0.12);
        metrics.log("mape", 0.03);

        assertThat(folder.resolve("metrics.jsonl")).hasContent("""
            {"name":"loss","step":3,"value":0.12}
            {"name":"mape","step":0,"value":0.03}
            """);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void values_that_are_not_finite_are_refused_everywhere(double value) {
        for (Metrics metrics :
                new Metrics[] {Metrics.none(), Metrics.recording(), new MetricsFile(folder.resolve("m"))}) {
            assertThatThrownBy(() -> metrics.log("loss", 7, value))
                    .hasMessage("Metric 'loss' is " + value + " at step 7: log finite values only");
        }
    }

    @Test
    void a_metric_has_a_name_and_steps_start_at_0() {
        assertThatThrownBy(() -> Metrics.none().log(" ", 1)).hasMessageContaining("needs a name");
        assertThatThrownBy(() -> Metrics.none().log("loss", -1, 1)).hasMessageContaining("steps start at 0");
    }
}
