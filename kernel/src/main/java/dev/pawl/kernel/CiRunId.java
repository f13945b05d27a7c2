package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One run of pipeline CI: a commit on its way to a package. */
public record CiRunId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CiRunId {
        Id.require("CI run id", value, Id.GENERATED);
    }

    @Override
    public String toString() {
        return value;
    }
}
