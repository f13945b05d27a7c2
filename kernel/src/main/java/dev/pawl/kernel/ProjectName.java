package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A project: one repository, one pipeline. */
public record ProjectName(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectName {
        Id.require("project name", value, Id.NAME);
    }

    @Override
    public String toString() {
        return value;
    }
}
