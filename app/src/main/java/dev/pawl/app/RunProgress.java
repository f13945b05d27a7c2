package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunAttempt;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs;
import dev.pawl.pipeline.Runs.ItemCount;
import dev.pawl.pipeline.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run as it stands at a moment, to be shown.
 *
 * @param steps without the items of those that are fanned out
 * @param items how many there are of them
 * @param underWay attempts whose program runs, the newest first
 */
record RunProgress(
        Run run, List<RunStep> steps, Map<StepName, ItemCount> items, List<RunAttempt> underWay, Instant now) {

    static RunProgress of(Runs runs, RunId id, Instant now) {
        return new RunProgress(runs.run(id), runs.steps(id), runs.itemCounts(id), runs.attemptsUnderWay(id), now);
    }

    /** Where progress goes: a tree on a terminal, else lines; nowhere if JSON is wanted. */
    static Consumer<RunProgress> shown(Printed printed, Definition definition) {
        if (printed.asJson()) {
            return _ -> {};
        }
        Consumer<RunProgress> plain = new PlainProgress(printed::line);
        return Terminal.of(printed.out())
                .<Consumer<RunProgress>>map(terminal -> new LiveProgress(terminal, definition))
                .orElse(plain);
    }

    /** How long the run takes, or took. */
    Duration took() {
        return Duration.between(run.submittedAt(), run.endedAt().orElse(now));
    }

    /** How long a step runs, or ran; empty before it does, and where it did not have to. */
    Optional<Duration> took(RunStep step) {
        return step.startedAt()
                .or(() -> Optional.ofNullable(items.get(step.name())).flatMap(ItemCount::begun))
                .filter(_ -> step.state() != StepState.CACHED)
                .map(from -> Duration.between(from, step.endedAt().orElse(now)));
    }

    /** The newest attempt at a step, or at one of its items, whose program runs. */
    Optional<RunAttempt> underWay(StepName step) {
        return underWay.stream().filter(attempt -> attempt.step().equals(step)).findFirst();
    }
}
