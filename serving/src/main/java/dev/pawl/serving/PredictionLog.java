package dev.pawl.serving;

import dev.pawl.kernel.ModelVersion;
import java.util.List;

/** Where predictions are kept; monitoring has one. The prediction service answers only after it returned. */
public interface PredictionLog {
    /**
     * Keeps the predictions of one request, all or none, and returns when they are durable: what is to be answered, one for
     * each prediction, in order. An id that was recorded before with the same inputs is not recorded again; its recorded
     * answer is returned. Called by many threads at once.
     *
     * @throws dev.pawl.kernel.PawlException conflict, when an id was recorded before with other inputs
     */
    List<Logged> record(List<Prediction> predictions);

    /**
     * What stands in the log under an id.
     *
     * @param outputs as in {@link Prediction#outputs}
     */
    record Logged(ModelVersion version, String outputs) {
        public static Logged of(Prediction prediction) {
            return new Logged(prediction.version(), prediction.outputs());
        }
    }

    /** Keeps nothing: for an instance that is only measured. */
    static PredictionLog none() {
        return predictions -> predictions.stream().map(Logged::of).toList();
    }
}
