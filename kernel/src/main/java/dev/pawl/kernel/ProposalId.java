package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One proposal to merge a branch into another; they are numbered, for example {@code proposal-7}. */
public record ProposalId(@JsonValue String value) implements Id {
    private static final String PREFIX = "proposal-";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProposalId {
        Id.require("proposal id", value, Id.GENERATED);
    }

    public static ProposalId of(long number) {
        return new ProposalId(PREFIX + number);
    }

    @Override
    public String toString() {
        return value;
    }
}
