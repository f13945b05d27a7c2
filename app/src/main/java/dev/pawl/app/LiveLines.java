package dev.pawl.app;

import java.util.List;

/** Lines on a terminal that are drawn over what was drawn before. */
final class LiveLines {
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Terminal terminal;
    private int drawn;

    LiveLines(Terminal terminal) {
        this.terminal = terminal;
    }

    void draw(List<String> lines) {
        int rows = terminal.size().get().rows();
        StringBuilder text = new StringBuilder(drawn == 0 ? "" : up(Math.min(drawn, rows - 1)));
        lines.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
        terminal.out().print(text.append(CLEAR_BELOW));
        terminal.out().flush();
        drawn = lines.size();
    }

    private static String up(int lines) {
        return "\u001b[" + lines + "A";
    }
}
