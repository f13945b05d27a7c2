package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import java.util.Optional;

/**
 * An artifact that went into a step of a run, or came out of it.
 *
 * @param item which one, of a step that is fanned out
 * @param name of the input or output
 */
public record LineageLink(Digest artifact, RunId run, StepName step, Optional<Integer> item, Role role, String name) {

    /** Which way it went. */
    public enum Role {
        INPUT,
        OUTPUT
    }

    int itemNumber() {
        return item.orElse(StepKey.WHOLE);
    }
}
