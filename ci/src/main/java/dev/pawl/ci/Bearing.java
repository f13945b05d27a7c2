package dev.pawl.ci;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pawl.kernel.Digest;
import java.util.Optional;

/** How a step bore a hostile table. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "result")
sealed interface Bearing {
    /** All that it gave is finite. */
    record Gave() implements Bearing {}

    /** @param because what it said, its last line */
    record Refused(String because) implements Bearing {}

    /** @param table the smallest one that was found to do this, if it was looked for */
    record Failed(String why, Optional<Digest> table) implements Bearing {}
}
