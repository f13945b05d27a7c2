package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** One logged prediction; the caller of the prediction service may choose it, so that a repeated call counts once. */
public record PredictionId(@JsonValue String value) implements Id {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PredictionId {
        Id.require("prediction id", value, PATTERN);
    }

    @Override
    public String toString() {
        return value;
    }
}
