package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a pipeline is deployed to: dev, staging, prod, ... */
public record EnvironmentName(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EnvironmentName {
        Id.require("environment name", value, Id.NAME);
    }

    @Override
    public String toString() {
        return value;
    }
}
