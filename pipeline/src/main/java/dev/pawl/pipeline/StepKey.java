package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;

/**
 * A step of a run, or one item of a step that is fanned out.
 *
 * @param item {@link #WHOLE} for the step itself; items count from 0
 */
record StepKey(RunId run, StepName step, int item) {
    static final int WHOLE = -1;

    boolean isItem() {
        return item != WHOLE;
    }

    @Override
    public String toString() {
        return isItem() ? step + "[" + item + "]" : step.value();
    }
}
