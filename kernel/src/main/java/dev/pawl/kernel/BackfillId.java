package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One backfill: runs of a deployed pipeline over a range of event time. */
public record BackfillId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BackfillId {
        Id.require("backfill id", value, Id.GENERATED);
    }

    @Override
    public String toString() {
        return value;
    }
}
