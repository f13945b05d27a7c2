package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A git commit, as forty hexadecimal digits. */
public record CommitId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CommitId {
        Id.require("commit", value, Pattern.compile("[0-9a-f]{40}"));
    }

    @Override
    public String toString() {
        return value;
    }
}
