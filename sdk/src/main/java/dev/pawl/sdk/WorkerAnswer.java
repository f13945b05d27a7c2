package dev.pawl.sdk;

import java.util.Map;

/**
 * What a worker answers to a request.
 *
 * @param observed what was seen of the step's reads, if that was asked for
 */
record WorkerAnswer(StepEnd end, Map<String, Object> observed) {
    static WorkerAnswer of(StepEnd end) {
        return new WorkerAnswer(end, Map.of());
    }

    String json() {
        Map<String, Object> json = end.json();
        if (!observed.isEmpty()) {
            json.put("observed", observed);
        }
        return Json.write(json);
    }
}
