package example.births;

import dev.pawl.sdk.Metrics;
import dev.pawl.sdk.Model;
import dev.pawl.sdk.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Boosted trees. One thread, so that the same table gives the same model, byte for byte. */
record Learner(List<String> features, double eta, int rounds, int depth) {

    /** Logs the loss (root mean squared error in births, on the training rows) of every round. */
    Model train(Table table, String label, Metrics metrics) {
        try {
            Booster booster = boost(matrix(table, label), metrics);
            return Model.of(
                    OnnxTrees.of(booster.toByteArray("json"), features, label).bytes());
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
    }

    Booster boost(DMatrix matrix, Metrics metrics) throws XGBoostError {
        Map<String, DMatrix> watches = new LinkedHashMap<>();
        watches.put("training", matrix);
        float[][] losses = new float[watches.size()][rounds];
        Booster booster = XGBoost.train(matrix, parameters(), rounds, watches, losses, null, null, 0);
        for (int round = 0; round < rounds; round++) {
            metrics.log("loss", round + 1, losses[0][round]);
        }
        return booster;
    }

    DMatrix matrix(Table table, String label) throws XGBoostError {
        DMatrix matrix = new DMatrix(Rows.of(table, features), table.rows(), features.size(), Float.NaN);
        matrix.setLabel(Rows.of(table, List.of(label)));
        return matrix;
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", "reg:squarederror");
        parameters.put("eval_metric", "rmse");
        parameters.put("tree_method", "hist");
        parameters.put("eta", eta);
        parameters.put("max_depth", depth);
        parameters.put("seed", 1);
        parameters.put("nthread", 1);
        parameters.put("verbose_eval", "false");
        return parameters;
    }
}
