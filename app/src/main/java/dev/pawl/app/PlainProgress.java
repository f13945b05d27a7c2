package dev.pawl.app;

import dev.pawl.kernel.Spans;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.StepState;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells of a run under way in lines that stay: one whenever the state or the attempt of a step that has begun is another. */
final class PlainProgress implements Consumer<RunProgress> {
    private record Told(StepState state, int attempt) {}

    private final Consumer<String> line;
    private final Map<StepName, Told> told = new HashMap<>();

    PlainProgress(Consumer<String> line) {
        this.line = line;
    }

    @Override
    public void accept(RunProgress progress) {
        for (RunStep step : progress.steps()) {
            Told now = new Told(step.state(), step.attempt());
            if (hasBegun(step.state()) && !now.equals(told.put(step.name(), now))) {
                line.accept(text(step, progress).stripTrailing());
            }
        }
    }

    private static boolean hasBegun(StepState state) {
        return switch (state) {
            case WAITING, READY -> false;
            case RUNNING, PAUSING, SUCCEEDED, CACHED, FAILED, SKIPPED, CANCELLED -> true;
        };
    }

    private static String text(RunStep step, RunProgress progress) {
        return "%-20s %-10s %-8s %s"
                .formatted(
                        step.name(),
                        Marks.of(step.state()).word(),
                        progress.took(step).map(Spans::text).orElse(""),
                        String.join("  ", ProgressTree.notes(step, progress)));
    }
}
