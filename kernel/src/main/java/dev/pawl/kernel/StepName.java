package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A step of a pipeline. */
public record StepName(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StepName {
        Id.require("step name", value, Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}"));
    }

    @Override
    public String toString() {
        return value;
    }
}
