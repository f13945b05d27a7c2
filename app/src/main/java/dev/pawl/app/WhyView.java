package dev.pawl.app;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.StepState;
import dev.pawl.pipeline.Why;
import java.util.List;
import java.util.Optional;

/**
 * Why a step of a run ran, or did not.
 *
 * @param nearest the earlier run that it was compared with
 * @param differences from that one, in words
 */
record WhyView(
        RunId run,
        StepName step,
        Optional<Integer> item,
        StepState state,
        Optional<RunId> nearest,
        List<String> differences,
        String summary) {

    static WhyView of(RunStep step, Why.Answer answer) {
        return new WhyView(
                step.run(),
                step.name(),
                step.item(),
                answer.state(),
                answer.nearest(),
                answer.differences(),
                answer.summary());
    }
}
