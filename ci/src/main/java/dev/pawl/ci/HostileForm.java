package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import dev.pawl.store.Artifacts;
import java.util.SortedMap;

/** What of an input is made hostile. */
enum HostileForm {
    TABLE,
    /** The first of a list of tables; the others are as they were. */
    FIRST_TABLE,
    /** A report, a record or a value. */
    JSON;

    /** What of the input hostile data are made of. */
    String original(Artifacts artifacts, Digest input) {
        return switch (this) {
            case TABLE, JSON -> artifacts.text(input);
            case FIRST_TABLE ->
                artifacts.text(artifacts.members(input).firstEntry().getValue());
        };
    }

    /** The input with something else in the place of that. */
    Digest replaced(Artifacts artifacts, Digest input, String content) {
        Digest other = artifacts.putText(content);
        return switch (this) {
            case TABLE, JSON -> other;
            case FIRST_TABLE -> {
                SortedMap<String, Digest> members = artifacts.members(input);
                members.put(members.firstKey(), other);
                yield artifacts.folder(members);
            }
        };
    }

    /** Of an empty list nothing hostile can be made. */
    boolean isThere(Artifacts artifacts, Digest input) {
        return switch (this) {
            case TABLE, JSON -> true;
            case FIRST_TABLE -> !artifacts.members(input).isEmpty();
        };
    }
}
