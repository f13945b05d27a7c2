package dev.pawl.app;

import dev.pawl.definition.Definition;
import java.util.List;
import java.util.function.Consumer;

/** Draws a run under way on a terminal, over what it drew before. */
final class LiveProgress implements Consumer<RunProgress> {
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Terminal terminal;
    private final ProgressTree tree;
    private int drawn;

    LiveProgress(Terminal terminal, Definition definition) {
        this.terminal = terminal;
        this.tree = new ProgressTree(definition, terminal.style());
    }

    /** At the end all steps are drawn, however many lines that takes: they stay. */
    @Override
    public void accept(RunProgress progress) {
        WindowSize size = terminal.size().get();
        int rows = progress.run().state().isOver() ? Integer.MAX_VALUE : size.rows() - 1;
        List<String> lines = tree.lines(progress, rows, size.columns() - 1);
        StringBuilder text = new StringBuilder(drawn == 0 ? "" : up(Math.min(drawn, size.rows() - 1)));
        lines.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
        terminal.out().print(text.append(CLEAR_BELOW));
        terminal.out().flush();
        drawn = lines.size();
    }

    private static String up(int lines) {
        return "\u001b[" + lines + "A";
    }
}
