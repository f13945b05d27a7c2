package dev.pawl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.ModelName;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabases.class)
class LabelsTest {
    private final TestDatabases databases;

    @TempDir
    private Path folder;

    private World world;

    LabelsTest(TestDatabases databases) {
        this.databases = databases;
    }

    @BeforeEach
    void open() {
        world = new World(databases, folder);
        world.live(1, 0, 10, 0.5);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_label_joins_its_prediction_and_moves_the_watermark() {
        world.label(0, 4);

        assertThat(world.monitoring.prediction(World.id(3)).orElseThrow().label())
                .contains(100.0);
        assertThat(world.monitoring.summary(World.MODEL).watermark()).contains(World.day(5));
        assertThat(world.monitoring.summary(World.MODEL).labels()).isEqualTo(4);
    }

    @Test
    void the_same_label_again_counts_once_and_the_watermark_never_goes_back() {
        world.label(0, 4);
        world.label(0, 2);

        assertThat(world.monitoring.summary(World.MODEL).labels()).isEqualTo(4);
        assertThat(world.monitoring.summary(World.MODEL).watermark()).contains(World.day(5));
    }

    @Test
    void another_value_for_a_labelled_prediction_stores_nothing_of_the_request() {
        world.label(0, 1);

        refused(List.of(label(5, 90), label(0, 90)), "Prediction 'day-0' has the label 100.0 already");
        refused(List.of(label(5, 90), label(5, 91)), "Prediction 'day-5' has the label 90.0 already");
        assertThat(world.monitoring.prediction(World.id(5)).orElseThrow().label())
                .isEmpty();
    }

    @Test
    void a_label_without_its_prediction_stores_nothing_of_the_request() {
        refused(List.of(label(1, 100), label(77, 100)), "Model 'births' has no predictions [day-77]");
        assertThat(world.monitoring.prediction(World.id(1)).orElseThrow().label())
                .isEmpty();
        assertThat(world.monitoring.summary(World.MODEL).watermark()).isEmpty();
        assertThatThrownBy(() -> world.monitoring.labels(new ModelName("weather"), List.of(label(1, 100))))
                .hasMessageContaining("Model 'weather' has no predictions [day-1]");
    }

    @Test
    void what_cannot_be_a_label_is_refused() {
        refused(List.of(label(1, Double.POSITIVE_INFINITY)), "'day-1' is Infinity");
        refused(
                List.of(new Label(World.id(1), 1, world.store.clock().now().plus(Duration.ofDays(3)))),
                "which is in the future");
        refused(Collections.nCopies(10_001, label(1, 100)), "this one has 10001; split it");
    }

    @Test
    void no_labels_are_no_harm() {
        assertThatCode(() -> world.monitoring.labels(World.MODEL, List.of())).doesNotThrowAnyException();
    }

    private void refused(List<Label> labels, String because) {
        assertThatThrownBy(() -> world.monitoring.labels(World.MODEL, labels)).hasMessageContaining(because);
    }

    private static Label label(int day, double value) {
        return new Label(World.id(day), value, World.day(day));
    }
}
