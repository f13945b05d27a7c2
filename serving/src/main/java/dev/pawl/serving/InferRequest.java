package dev.pawl.serving;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An inference request of the Open Inference Protocol, read but not yet held against a model.
 *
 * @param id names the prediction, if the caller chose to
 * @param eventTime when the prediction is for; empty for now
 * @param outputs the wanted ones; none means all
 */
record InferRequest(Optional<String> id, Optional<Instant> eventTime, List<Input> inputs, List<String> outputs) {
    /** One tensor as given. */
    record Input(String name, String datatype, List<Long> shape, Leaves data) {
        String where() {
            return "input '" + name + "'";
        }
    }
}
