package dev.pawl.app;

import dev.pawl.kernel.Count;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A patch as git writes it.
 *
 * @param text all of it
 */
record Patch(String text) {
    private static final String FILE = "diff --git ";

    /** Of one file, how many lines came and went; none are counted in a binary file. */
    record Change(String file, int added, int removed) {}

    List<Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        String file = "";
        boolean inHunk = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith(FILE)) {
                file = name(line);
                inHunk = false;
                changes.put(file, new Change(file, 0, 0));
            } else if (line.startsWith("@@")) {
                inHunk = true;
            } else if (inHunk && (line.startsWith("+") || line.startsWith("-"))) {
                count(changes, file, line.startsWith("+"));
            }
        }
        return List.copyOf(changes.values());
    }

    /** For people, such as {@code 2 files, 10 lines added, 3 removed}. */
    String summary() {
        List<Change> changes = changes();
        int added = changes.stream().mapToInt(Change::added).sum();
        return "%s, %s added, %d removed"
                .formatted(
                        Count.of(changes.size(), "file"),
                        Count.of(added, "line"),
                        changes.stream().mapToInt(Change::removed).sum());
    }

    private static void count(Map<String, Change> changes, String file, boolean added) {
        changes.computeIfPresent(
                file,
                (_, change) -> new Change(file, change.added() + (added ? 1 : 0), change.removed() + (added ? 0 : 1)));
    }

    /** Of {@code diff --git a/NAME b/NAME}, the second: a file that was renamed goes by its new name. */
    private static String name(String line) {
        int second = line.lastIndexOf(" b/");
        return second < 0 ? line.substring(FILE.length()) : line.substring(second + " b/".length());
    }
}
