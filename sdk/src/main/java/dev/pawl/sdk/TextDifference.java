package dev.pawl.sdk;

import java.util.List;

/** Where two texts first differ, in words. */
public final class TextDifference {
    private static final int MOST_SHOWN = 80;

    private TextDifference() {}

    /** @param before and {@code after}: their lines, or as many of them as are worth looking at */
    public static String between(List<String> before, List<String> after) {
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            if (!before.get(i).equals(after.get(i))) {
                return "line %d is '%s', then '%s'".formatted(i + 1, brief(before.get(i)), brief(after.get(i)));
            }
        }
        return before.size() == after.size()
                ? "they differ far behind their beginning"
                : before.size() + " lines, then " + after.size();
    }

    private static String brief(String line) {
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
    }
}
