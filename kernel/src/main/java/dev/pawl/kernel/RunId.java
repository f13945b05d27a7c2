package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One run of a pipeline. */
public record RunId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        Id.require("run id", value, Id.GENERATED);
    }

    @Override
    public String toString() {
        return value;
    }
}
