package dev.pawl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabases.class)
class PredictionLogTest {
    private final TestDatabases databases;

    @TempDir
    private Path folder;

    PredictionLogTest(TestDatabases databases) {
        this.databases = databases;
    }

    @Test
    void a_logged_prediction_is_there_after_a_restart() {
        try (World world = new World(databases, folder)) {
            world.live(1, 0, 3, 0.5);
        }
        try (World world = new World(databases, folder)) {
            LabelledPrediction found = world.monitoring.prediction(World.id(2)).orElseThrow();
            assertThat(found.prediction()).isEqualTo(World.prediction(1, 2, 100.5));
            assertThat(found.label()).isEmpty();
            assertThat(world.monitoring.summary(World.MODEL).predictions()).isEqualTo(3);
        }
    }

    @Test
    void the_same_id_with_the_same_inputs_gives_the_recorded_prediction() {
        try (World world = new World(databases, folder)) {
            LoggedPrediction first = World.prediction(1, 0, 100);
            LoggedPrediction again = World.prediction(2, 0, 200);

            assertThat(world.monitoring.record(List.of(first))).containsExactly(first);
            assertThat(world.monitoring.record(List.of(again, again))).containsExactly(first, first);
            assertThat(world.monitoring.summary(World.MODEL).predictions()).isEqualTo(1);
        }
    }

    @Test
    void an_id_used_for_other_inputs_fails_its_own_call_only() {
        try (World world = new World(databases, folder)) {
            world.live(1, 0, 1, 0);
            LoggedPrediction known = World.prediction(1, 0, 100);
            LoggedPrediction other =
                    new LoggedPrediction(known.id(), known.version(), known.eventTime(), "{\"day\":7}", "{}", 1);

            assertThatThrownBy(() -> world.monitoring.record(List.of(World.prediction(1, 1, 100), other)))
                    .isInstanceOfSatisfying(
                            PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.CONFLICT))
                    .hasMessageContaining("'day-0'");
            assertThat(world.monitoring.prediction(World.id(1))).isEmpty();
        }
    }

    @Test
    void an_id_belongs_to_one_model() {
        try (World world = new World(databases, folder)) {
            world.live(1, 0, 1, 0);
            LoggedPrediction known = World.prediction(1, 0, 100);
            ModelVersion foreign = new ModelVersion(new ModelName("weather"), 1);

            assertThatThrownBy(() -> world.monitoring.record(List.of(new LoggedPrediction(
                            known.id(), foreign, known.eventTime(), known.inputs(), known.outputs(), 100))))
                    .hasMessageContaining("belongs to a prediction of model 'births'");
        }
    }

    @Test
    void what_is_not_a_number_is_not_logged() {
        try (World world = new World(databases, folder)) {
            assertThatThrownBy(() -> world.monitoring.record(List.of(World.prediction(1, 0, Double.NaN))))
                    .hasMessageContaining("answered NaN to prediction 'day-0'");
        }
    }

    @Test
    void many_callers_at_once_lose_and_double_nothing() throws Exception {
        int callers = 16;
        int each = 50;
        try (World world = new World(databases, folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                calls.add(() -> {
                    for (int day = 0; day < each; day++) { // all callers ask for the same days
                        world.monitoring.record(List.of(World.prediction(1, day, 100)));
                    }
                    return each;
                });
            }
            for (Future<Integer> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(each);
            }
            assertThat(world.monitoring.summary(World.MODEL).predictions()).isEqualTo(each);
            assertThat(world.monitoring.page(World.MODEL, false, Cursor.START, 1_000))
                    .hasSize(each);
        }
    }

    @Test
    void a_commit_that_fails_is_told_to_whoever_waits_for_it() {
        World world = new World(databases, folder);
        world.store.database().close();
        try {
            assertThatThrownBy(() -> world.live(1, 0, 1, 0))
                    .isInstanceOfSatisfying(
                            PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.EXTERNAL));
        } finally {
            world.close();
        }
    }

    @Test
    void after_closing_nothing_is_accepted() {
        World world = new World(databases, folder);
        world.close();
        assertThatThrownBy(() -> world.live(1, 0, 1, 0)).hasMessageContaining("shutting down");
    }

    @Test
    void predictions_are_paged_through_in_order() {
        try (World world = new World(databases, folder)) {
            world.live(1, 0, 5, 0);
            world.live(2, 5, 8, 0);
            world.label(2, 7);

            List<LabelledPrediction> first = world.monitoring.page(World.MODEL, false, Cursor.START, 6);
            Cursor next =
                    Cursor.parse(Cursor.after(first.getLast().prediction()).text());
            assertThat(first).extracting(it -> it.prediction().id().value()).endsWith("day-4", "day-5");
            assertThat(world.monitoring.page(World.MODEL, false, next, 6))
                    .extracting(it -> it.prediction().id().value())
                    .containsExactly("day-6", "day-7");
            assertThat(world.monitoring.page(World.MODEL, true, Cursor.START, 10))
                    .extracting(LabelledPrediction::label)
                    .hasSize(5)
                    .allSatisfy(label -> assertThat(label).contains(100.0));
        }
    }
}
