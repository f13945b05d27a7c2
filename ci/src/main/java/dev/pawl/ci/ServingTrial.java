package dev.pawl.ci;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.HeldOut;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whether the model of the integration run loads where models are served, and answers. */
record ServingTrial(Trials trials, ModelPlan plan, RecordedRun run) {
    private static final int MOST_ROWS = 100;

    Finding examine() throws InterruptedException {
        Digest model = run.gave(plan.from(), OutputType.MODEL);
        HeldOut heldOut = HeldOut.read(
                trials.store().artifacts().text(run.gave(plan.holdout().table(), OutputType.TABLE)), plan.holdout());
        try (ModelTrials.Served served = trials.models().serve(plan.name(), model)) {
            List<String> missing = heldOut.missing(served.features());
            if (!missing.isEmpty()) {
                return Finding.failed("the model was loaded, but it wants %s, and the held-out table has no such column"
                        .formatted(missing));
            }
            List<double[]> rows = heldOut.features(served.features(), MOST_ROWS);
            return answers(rows.size(), served.predict(rows));
        }
    }

    private static Finding answers(int rows, double[] predictions) {
        long finite = Arrays.stream(predictions).filter(Double::isFinite).count();
        Map<String, Object> evidence = Map.of("rows", rows, "answers", predictions.length, "finite", finite);
        return finite == rows && predictions.length == rows
                ? Finding.passed("its model was loaded and answered " + rows + " held-out rows")
                        .with(evidence)
                : Finding.failed(
                                "its model was loaded, but of %d held-out rows it answered %d, %d of them with a finite number"
                                        .formatted(rows, predictions.length, finite))
                        .with(evidence);
    }
}
