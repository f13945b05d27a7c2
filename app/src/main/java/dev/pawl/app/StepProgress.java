package dev.pawl.app;

import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.StepState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a line whenever a step of a run that is waited for has got on; nothing where JSON is wanted. */
final class StepProgress {
    private final Printed printed;
    private final Map<StepName, StepState> shown = new HashMap<>();

    StepProgress(Printed printed) {
        this.printed = printed;
    }

    void show(List<RunStep> steps) {
        for (RunStep step : steps) {
            if (!printed.asJson() && shown.put(step.name(), step.state()) != step.state()) {
                printed.line("%-20s %-10s %s"
                        .formatted(step.name(), step.state().name().toLowerCase(Locale.ROOT), took(step)));
            }
        }
    }

    private static String took(RunStep step) {
        return step.startedAt()
                .flatMap(from -> step.endedAt().map(to -> Duration.between(from, to)))
                .map(took -> "%.1f s".formatted(took.toMillis() / 1e3))
                .orElse("");
    }
}
