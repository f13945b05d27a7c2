package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;

/**
 * One attempt at a step by the server that has the run.
 *
 * @param generation of the server's claim on the run: what comes of an attempt under an earlier claim is dropped
 */
record AttemptKey(StepKey step, int number, long generation) {
    RunId run() {
        return step.run();
    }

    @Override
    public String toString() {
        return step.run() + "/" + step + "/" + number;
    }
}
