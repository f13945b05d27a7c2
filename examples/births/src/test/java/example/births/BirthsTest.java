package example.births;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.sdk.Metrics;
import dev.pawl.sdk.Model;
import dev.pawl.sdk.PipelineTest;
import dev.pawl.sdk.RecordedMetrics;
import dev.pawl.sdk.Report;
import dev.pawl.sdk.StepTest;
import dev.pawl.sdk.Table;
import dev.pawl.sdk.TestRun;
import java.nio.file.Path;
import java.util.Arrays;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BirthsTest {
    private static final Births PIPELINE = new Births();
    private static final Table BIRTHS = PIPELINE.ingest(Path.of("data/births.csv"));

    /** What was known at the end of 1970. */
    private static final Table FEATURES = PIPELINE.features(BIRTHS.first(716), 14);

    @TempDir
    Path folder;

    @Test
    void the_bundled_data_is_complete() {
        assertThat(BIRTHS.rows()).isEqualTo(7305);
        assertThat(BIRTHS.text("date", 7304)).isEqualTo("1988-12-31");
    }

    @Test
    void a_gap_in_the_data_is_refused() {
        Path csv = folder.resolve("births.csv");
        BIRTHS.first(10).where(row -> row != 4).write(csv);

        assertThatThrownBy(() -> PIPELINE.ingest(csv))
                .hasMessage("births.csv, row 5: expected the births of 1969-01-05, got 9560.0 on 1969-01-06");
    }

    @Test
    void the_held_out_days_are_the_last_ones() {
        Table holdout = PIPELINE.holdout(FEATURES, 112);

        assertThat(holdout.rows()).isEqualTo(112);
        assertThat(holdout.text("date", 111)).isEqualTo("1970-12-17");
    }

    @Test
    void training_sees_neither_the_held_out_days_nor_those_before_its_window() {
        double[] births = FEATURES.numbers("births");
        Arrays.fill(births, 716 - 112, 716, 1);
        Arrays.fill(births, 0, 716 - 112 - 365, 1);
        Table disturbed = FEATURES.select(FEATURES.columns().stream()
                        .filter(name -> !name.equals("births"))
                        .toArray(String[]::new))
                .with("births", births);

        assertThat(train(disturbed, 365, Metrics.none())).isEqualTo(train(FEATURES, 365, Metrics.none()));
    }

    @Test
    void the_same_days_give_the_same_model_byte_for_byte() {
        assertThat(train(FEATURES, 730, Metrics.none())).isEqualTo(train(FEATURES, 730, Metrics.none()));
    }

    @Test
    void the_loss_falls_from_round_to_round() {
        RecordedMetrics metrics = Metrics.recording();
        train(FEATURES, 730, metrics);

        assertThat(metrics.values("loss")).hasSize(150);
        assertThat(metrics.last("loss")).isLessThan(metrics.values("loss").getFirst() / 4);
    }

    @Test
    void the_exported_model_forecasts_as_xgboost_does_also_where_values_are_missing() throws Exception {
        Learner learner = new Learner(Features.NAMES, 0.07, 150, 3);
        DMatrix matrix = learner.matrix(FEATURES, "births");
        Booster booster = learner.boost(matrix, Metrics.none());
        float[][] expected = booster.predict(matrix);

        double[] actual = Forecaster.forecast(learner.train(FEATURES, "births", Metrics.none()), FEATURES);

        assertThat(FEATURES.number("mean_28", 20)).isNaN();
        for (int row = 0; row < actual.length; row++) {
            assertThat(actual[row]).isCloseTo(expected[row][0], within(0.02));
        }
    }

    @Test
    void the_first_model_is_good_enough_to_serve_and_better_than_the_same_weekday_two_weeks_ago() {
        RecordedMetrics metrics = Metrics.recording();
        Report report =
                PIPELINE.evaluate(train(FEATURES, 730, Metrics.none()), PIPELINE.holdout(FEATURES, 112), metrics);

        assertThat(report.number("mape")).isEqualTo(metrics.last("mape")).isBetween(0.02, 0.06);
        assertThat(report.number("mape")).isLessThan(report.number("naive_mape"));
        assertThat(report.values()).containsEntry("from", "1970-08-28").containsEntry("days", 112.0);
    }

    @Test
    void the_whole_pipeline_runs_on_a_sample_and_both_training_and_holdout_come_from_the_same_features() {
        TestRun run = PipelineTest.of(Births.class)
                .source("births", Path.of("data/births.csv"))
                .sample(716)
                .run();

        assertThat(run.metric("evaluate.mape")).isBetween(0.02, 0.06);
        assertThat(run.output("train", Model.class)).isEqualTo(train(FEATURES, 730, Metrics.none()));
        assertThat(run.lineage().inputs("train")).isEqualTo(run.lineage().inputs("holdout"));
        assertThat(run.lineage().upstream("evaluate"))
                .containsExactly("data.births", "features", "holdout", "ingest", "train");
    }

    @Test
    void a_learning_rate_of_nothing_is_refused() {
        assertThat(StepTest.of(Births.class, "train")
                        .input("features", FEATURES)
                        .param("eta", 0)
                        .runToFailure())
                .hasMessage("Parameter 'eta' must be from 0.001 to 1.0, but is 0");
    }

    @Test
    void too_few_days_to_train_on_are_refused() {
        assertThatThrownBy(() -> train(FEATURES.first(100), 730, Metrics.none()))
                .hasMessage("100 days of data leave nothing to train on: 112 are held out");
    }

    private static Model train(Table features, int windowDays, Metrics metrics) {
        return PIPELINE.train(features, 112, windowDays, 0.07, 150, 3, metrics);
    }
}
