package dev.pawl.monitoring;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PredictionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads {@code {"labels": [{"prediction": "id", "value": 8486, "known_at": "1971-01-15"}]}}, saying where it is wrong. */
final class LabelJson {
    private static final Set<String> KEYS = Set.of("prediction", "value", "known_at");
    private static final int DATE_LENGTH = "1971-01-15".length();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private LabelJson() {}

    /** @param now when a label is known that does not say so */
    static List<Label> parse(String body, Instant now) {
        JsonNode labels = Json.tree(body).path("labels");
        if (!labels.isArray()) {
            throw bad("the body must be {\"labels\": [{\"prediction\": ..., \"value\": ..., \"known_at\": ...}]}");
        }
        List<Label> parsed = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            parsed.add(label(labels.get(i), "labels[" + i + "]", now));
        }
        return parsed;
    }

    private static Label label(JsonNode node, String where, Instant now) {
        if (!node.isObject()) {
            throw bad(where + " must be an object");
        }
        node.propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw bad(where + " has the unknown key '" + key + "'; it may have prediction, value and known_at");
                });
        JsonNode id = node.path("prediction");
        JsonNode value = node.path("value");
        if (!id.isString()) {
            throw bad(where + ".prediction must be the id of a prediction, as text");
        }
        if (!value.isNumber()) {
            throw bad(where + ".value must be a number");
        }
        return new Label(new PredictionId(id.asString()), value.asDouble(), knownAt(node.path("known_at"), where, now));
    }

    private static Instant knownAt(JsonNode node, String where, Instant now) {
        if (node.isMissingNode()) {
            return now;
        }
        String text = node.isString() ? node.asString() : "";
        try {
            Instant at = text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            if (at.isBefore(FIRST) || at.isAfter(LAST)) {
                throw badMoment(where);
            }
            return at;
        } catch (DateTimeException e) {
            throw badMoment(where);
        }
    }

    private static PawlException badMoment(String where) {
        return bad(
                where + ".known_at must be a date like 1971-01-15 or an instant like 1971-01-15T08:00:00Z, in the years"
                        + " 1 to 9999");
    }

    private static PawlException bad(String what) {
        return PawlException.user("bad-label", "Nothing was stored: " + what);
    }
}
