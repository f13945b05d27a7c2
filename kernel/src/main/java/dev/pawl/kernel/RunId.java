package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One run of a pipeline. */
public record RunId(@JsonValue String value) implements Id {
    /** {@code run-}, the time to the millisecond, and two of the random digits. */
    private static final int BRIEF = 15;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        Id.require("run id", value, Id.GENERATED);
    }

    /** As much of it as tells one from another, for people; wherever somebody names a run, the beginning of its id will do. */
    public String brief() {
        return value.substring(0, Math.min(value.length(), BRIEF));
    }

    @Override
    public String toString() {
        return value;
    }
}
