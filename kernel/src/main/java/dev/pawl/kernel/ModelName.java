package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A registered model. */
public record ModelName(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ModelName {
        Id.require("model name", value, Id.NAME);
    }

    @Override
    public String toString() {
        return value;
    }
}
