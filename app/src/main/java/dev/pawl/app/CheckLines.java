package dev.pawl.app;

import dev.pawl.ci.CiCheck;
import dev.pawl.kernel.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a CI run: a head, and a line for each of its checks. */
record CheckLines(Terminal.Style style) {
    private static final int DIGITS_OF_COMMIT = 7;
    private static final int NAMES = 12;

    List<String> of(CiProgress progress, int columns) {
        List<String> lines = new ArrayList<>();
        lines.add(head(progress).text(columns, style));
        int width = progress.checks().stream()
                .mapToInt(check -> check.name().length())
                .reduce(NAMES, Math::max);
        progress.checks()
                .forEach(check -> lines.add(line(check, progress, width).text(columns, style)));
        return lines;
    }

    private static PaintedLine head(CiProgress progress) {
        var run = progress.run();
        return new PaintedLine()
                .add(run.id().value(), Paint.BOLD)
                .add("  %s %s %s"
                        .formatted(
                                run.project(),
                                run.branch(),
                                run.commit().value().substring(0, DIGITS_OF_COMMIT)))
                .add("  " + run.state().name().toLowerCase(Locale.ROOT))
                .add("  " + Spans.text(progress.took()), Paint.FAINT);
    }

    private PaintedLine line(CiCheck check, CiProgress progress, int width) {
        Marks marks = Marks.of(check.state());
        PaintedLine line = new PaintedLine()
                .add(style.unicode() ? marks.mark() : marks.plain(), marks.paint())
                .add(" " + check.name() + " ".repeat(width - check.name().length()))
                .add("  %8s".formatted(progress.took(check)), Paint.FAINT);
        return line.add(
                "  " + progress.note(check), check.state() == CiCheck.State.RUNNING ? Paint.FAINT : Paint.PLAIN);
    }
}
