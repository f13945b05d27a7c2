package dev.pawl.app;

import dev.pawl.definition.Definition;
import java.util.function.Consumer;

/** Draws a run under way on a terminal, over what it drew before. */
final class LiveProgress implements Consumer<RunProgress> {
    private final Terminal terminal;
    private final ProgressTree tree;
    private final LiveLines lines;

    LiveProgress(Terminal terminal, Definition definition) {
        this.terminal = terminal;
        this.tree = new ProgressTree(definition, terminal.style());
        this.lines = new LiveLines(terminal);
    }

    /** At the end all steps are drawn, however many lines that takes: they stay. */
    @Override
    public void accept(RunProgress progress) {
        WindowSize size = terminal.size().get();
        int rows = progress.run().state().isOver() ? Integer.MAX_VALUE : size.rows() - 1;
        lines.draw(tree.lines(progress, rows, size.columns() - 1));
    }
}
