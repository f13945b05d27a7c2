package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One search for good parameters that was started. */
public record SweepId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SweepId {
        Id.require("sweep id", value, Id.GENERATED);
    }

    @Override
    public String toString() {
        return value;
    }
}
