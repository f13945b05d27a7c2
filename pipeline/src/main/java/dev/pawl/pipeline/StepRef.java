package dev.pawl.pipeline;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;

/** One attempt at one step of one run: what a job of the queue is about. */
record StepRef(RunId run, StepName step, int attempt) {
    static StepRef of(String payload) {
        return Json.read(payload, StepRef.class);
    }

    String payload() {
        return Json.write(this);
    }

    String key() {
        return run + "/" + step + "/" + attempt;
    }
}
