package dev.pawl.app;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What somebody looks at.
 *
 * @param size asked for again and again, because windows change
 */
record Terminal(PrintWriter out, Style style, Supplier<WindowSize> size) {
    /**
     * @param colour whether to use any
     * @param unicode whether more than ASCII can be shown
     */
    record Style(boolean colour, boolean unicode) {
        static final Style PLAIN = new Style(false, false);
    }

    /** The terminal that this program writes to; empty if it writes to a file or a pipe, or the terminal cannot move its cursor. */
    static Optional<Terminal> of(PrintWriter out) {
        boolean isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        boolean isLive = isTerminal && !"dumb".equals(System.getenv("TERM"));
        return isLive ? Optional.of(new Terminal(out, usual(), WindowSize::now)) : Optional.empty();
    }

    /** See no-color.org: the variable counts if it is not empty. */
    private static Style usual() {
        String noColor = System.getenv("NO_COLOR");
        return new Style(noColor == null || noColor.isEmpty(), unicode());
    }

    static boolean unicode() {
        return System.out.charset().equals(StandardCharsets.UTF_8);
    }
}
