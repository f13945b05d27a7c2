package dev.pawl.delivery;

import dev.pawl.kernel.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a gate found out. */
record Finding(boolean passed, String summary, Map<String, Object> evidence) {
    /** @param evidence any value that has a JSON object */
    static Finding of(boolean passed, String summary, Object evidence) {
        return new Finding(passed, summary, Json.map(Json.write(evidence)));
    }

    /** Passed if there is no problem; if there are, they are the summary. */
    static Finding of(List<String> problems, String summary, Object evidence) {
        return of(problems.isEmpty(), problems.isEmpty() ? summary : String.join("; ", problems), evidence);
    }

    static Finding failed(String summary) {
        return new Finding(false, summary, Map.of());
    }

    /** A number as people read it: four digits that matter. */
    static String figure(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
