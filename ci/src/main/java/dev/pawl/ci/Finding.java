package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import java.util.Map;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param evidence anything that is a JSON object
 */
record Finding(boolean passed, String summary, Object evidence, Optional<Digest> log) {
    static Finding passed(String summary) {
        return new Finding(true, summary, Map.of(), Optional.empty());
    }

    static Finding failed(String summary) {
        return new Finding(false, summary, Map.of(), Optional.empty());
    }

    Finding with(Object newEvidence) {
        return new Finding(passed, summary, newEvidence, log);
    }

    Finding withLog(Digest newLog) {
        return new Finding(passed, summary, evidence, Optional.of(newLog));
    }
}
