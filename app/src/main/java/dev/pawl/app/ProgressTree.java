package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.executor.GrowingLog;
import dev.pawl.kernel.Count;
import dev.pawl.kernel.Spans;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.StepState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws a run under way as a tree of its steps, each with its mark, its time and what there is to say of it. */
final class ProgressTree {
    private static final int WIDEST_NAME = 40;

    private final List<StepTree.Branch> branches;
    private final int widest;
    private final Terminal.Style style;

    ProgressTree(Definition definition, Terminal.Style style) {
        this.branches = StepTree.of(definition, style.unicode());
        this.style = style;
        this.widest = branches.stream().mapToInt(branch -> width(branch)).max().stream()
                .map(width -> Math.min(width, WIDEST_NAME))
                .findFirst()
                .orElse(0);
    }

    /** @param rows how many lines there may be: the steps that are of interest now come first then */
    List<String> lines(RunProgress progress, int rows, int columns) {
        Map<StepName, RunStep> steps =
                progress.steps().stream().collect(Collectors.toMap(RunStep::name, Function.identity()));
        List<StepTree.Branch> known = branches.stream()
                .filter(branch -> steps.containsKey(branch.step()))
                .toList();
        int room = Math.max(1, rows - 2);
        List<StepTree.Branch> shown = known.size() <= rows - 1 ? known : ofInterest(known, steps, room);
        List<String> lines = new ArrayList<>();
        lines.add(head(progress).text(columns, style));
        shown.forEach(
                branch -> lines.add(line(branch, step(steps, branch), progress).text(columns, style)));
        if (shown.size() < known.size()) {
            lines.add(new PaintedLine()
                    .add("  and " + Count.of(known.size() - shown.size(), "more step"), Paint.FAINT)
                    .text(columns, style));
        }
        return lines;
    }

    private static RunStep step(Map<StepName, RunStep> steps, StepTree.Branch branch) {
        RunStep step = steps.get(branch.step());
        if (step == null) {
            throw new IllegalStateException("no step " + branch.step());
        }
        return step;
    }

    private static List<StepTree.Branch> ofInterest(
            List<StepTree.Branch> known, Map<StepName, RunStep> steps, int room) {
        var chosen = Stream.concat(
                        known.stream()
                                .filter(branch ->
                                        isOfInterest(step(steps, branch).state())),
                        known.stream())
                .distinct()
                .limit(room)
                .toList();
        return known.stream().filter(chosen::contains).toList();
    }

    private static boolean isOfInterest(StepState state) {
        return switch (state) {
            case RUNNING, PAUSING, FAILED -> true;
            case WAITING, READY, SUCCEEDED, CACHED, SKIPPED, CANCELLED -> false;
        };
    }

    private static PaintedLine head(RunProgress progress) {
        return new PaintedLine()
                .add(progress.run().spec().id().brief(), Paint.BOLD)
                .add("  " + progress.run().state().name().toLowerCase(Locale.ROOT))
                .add("  " + Spans.text(progress.took()), Paint.FAINT);
    }

    private PaintedLine line(StepTree.Branch branch, RunStep step, RunProgress progress) {
        Marks marks = Marks.of(step.state());
        PaintedLine line = new PaintedLine()
                .add(style.unicode() ? marks.mark() : marks.plain(), marks.paint())
                .add(" " + branch.prefix(), Paint.FAINT)
                .add(step.name().value() + " ".repeat(Math.max(0, widest - width(branch))))
                .add("  %8s".formatted(progress.took(step).map(Spans::text).orElse("")), Paint.FAINT);
        notes(step, progress).forEach(note -> line.add("  " + note));
        logLine(step, progress).forEach(text -> line.add("  " + text, Paint.FAINT));
        return line;
    }

    private static int width(StepTree.Branch branch) {
        return branch.prefix().length() + branch.step().value().length();
    }

    /** What there is to say of a step beside its state and its time, also where there is no tree. */
    static List<String> notes(RunStep step, RunProgress progress) {
        List<String> notes = new ArrayList<>();
        if (step.state() == StepState.CACHED) {
            notes.add(step.cachedFrom().map(run -> "from " + run.brief()).orElse("from the cache"));
        }
        var items = progress.items().get(step.name());
        if (items != null) {
            boolean areCached =
                    step.state() == StepState.SUCCEEDED && items.begun().isEmpty();
            notes.add("%d/%d items%s".formatted(items.succeeded(), items.all(), areCached ? " from the cache" : ""));
        }
        boolean hasProgram =
                step.keyParts().isPresent(); // attempts without one are those at finding and collecting items
        if (step.attempt() > 1 && hasProgram) {
            notes.add("attempt " + step.attempt());
        }
        if (step.state() != StepState.SUCCEEDED) {
            step.error().flatMap(error -> error.lines().findFirst()).ifPresent(notes::add);
        }
        return notes;
    }

    private static Stream<String> logLine(RunStep step, RunProgress progress) {
        return step.state() != StepState.RUNNING
                ? Stream.empty()
                : progress.underWay(step.name()).flatMap(attempt -> attempt.scratch()).stream()
                        .flatMap(scratch -> GrowingLog.in(Path.of(scratch)).lastLine().stream());
    }
}
