package example.births;

import dev.pawl.sdk.Metrics;
import dev.pawl.sdk.Model;
import dev.pawl.sdk.Param;
import dev.pawl.sdk.Report;
import dev.pawl.sdk.Source;
import dev.pawl.sdk.Step;
import dev.pawl.sdk.Table;
import java.nio.file.Path;
import java.time.LocalDate;

/** The pipeline: from the births of every day to a model that forecasts them 14 days ahead. */
public final class Births {
    private static final String LABEL = "births";

    /** Holdout and training must mean the same rows. Four windows of 28 days. */
    private static final String HOLDOUT_DAYS = "112";

    private static final String HOLDOUT_DOC = "Days at the end that no training sees";

    /** The births of every day, each day once, without gaps. */
    @Step
    Table ingest(@Source("births") Path csv) {
        Table births = Table.read(csv).select("date", LABEL);
        for (int row = 0; row < births.rows(); row++) {
            LocalDate expected = LocalDate.parse(births.text("date", 0)).plusDays(row);
            if (!births.text("date", row).equals(expected.toString()) || !(births.number(LABEL, row) > 0)) {
                throw new IllegalArgumentException("births.csv, row " + (row + 1) + ": expected the births of "
                        + expected + ", got " + births.number(LABEL, row) + " on " + births.text("date", row));
            }
        }
        return births;
    }

    /** What was known {@code lagDays} before each day, and the calendar; the label comes last. */
    @Step
    Table features(
            Table ingest,
            @Param(min = 1, max = 364, defaultValue = "14", doc = "Days until the births of a day are known")
                    int lagDays) {
        return new Features(History.of(ingest), lagDays).table();
    }

    /** The last days: no training sees them, the quality gate measures on them. */
    @Step
    Table holdout(
            Table features,
            @Param(min = 56, max = 730, defaultValue = HOLDOUT_DAYS, doc = HOLDOUT_DOC) int holdoutDays) {
        return features.last(holdoutDays);
    }

    /** Learns from the window of days before the held-out ones: older days tell of another world. */
    @Step(timeout = "10m")
    Model train(
            Table features,
            @Param(min = 56, max = 730, defaultValue = HOLDOUT_DAYS, doc = HOLDOUT_DOC) int holdoutDays,
            @Param(min = 180, max = 7300, defaultValue = "730", doc = "Days to learn from") int windowDays,
            @Param(min = 0.001, max = 1, defaultValue = "0.07", doc = "Share of each tree that counts") double eta,
            @Param(min = 1, max = 5000, defaultValue = "150", doc = "Trees") int rounds,
            @Param(min = 1, max = 12, defaultValue = "3", doc = "Questions that a tree asks in a row") int depth,
            Metrics metrics) {
        Table window =
                features.first(Math.max(0, features.rows() - holdoutDays)).last(windowDays);
        if (window.rows() == 0) {
            throw new IllegalArgumentException(
                    features.rows() + " days of data leave nothing to train on: " + holdoutDays + " are held out");
        }
        return new Learner(Features.names(features), eta, rounds, depth).train(window, LABEL, metrics);
    }

    /** How good the model is on the held-out days, beside simply taking the same weekday two weeks ago. */
    @Step
    Report evaluate(Model train, Table holdout, Metrics metrics) {
        double[] actual = holdout.numbers(LABEL);
        Accuracy accuracy = Accuracy.of(Forecaster.forecast(train, holdout), actual);
        Accuracy naive = Accuracy.of(holdout.numbers("weekday_lag_1"), actual);
        metrics.log("mape", accuracy.mape());
        metrics.log("mae", accuracy.mae());
        metrics.log("rmse", accuracy.rmse());
        return Report.empty()
                .with("from", holdout.text("date", 0))
                .with("to", holdout.text("date", holdout.rows() - 1))
                .with("days", holdout.rows())
                .with("mape", accuracy.mape())
                .with("mae", accuracy.mae())
                .with("rmse", accuracy.rmse())
                .with("naive_mape", naive.mape());
    }
}
