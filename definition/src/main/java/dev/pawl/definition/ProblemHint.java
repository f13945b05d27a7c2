package dev.pawl.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What to say after an unknown name: the known one that was probably meant, or all that are known. */
public final class ProblemHint {
    private static final int MOST_LISTED = 20;

    private ProblemHint() {}

    /** Begins with a semicolon, as the end of a sentence; empty if nothing is known at all. */
    public static String of(String unknown, Collection<String> known) {
        return nearest(unknown, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : "; known here: " + listed(known));
    }

    private static String listed(Collection<String> known) {
        String names = String.join(", ", known.stream().limit(MOST_LISTED).toList());
        return known.size() <= MOST_LISTED ? names : names + ", ...";
    }

    /** The known name that was probably meant. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        int far = Math.max(1, unknown.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - unknown.length()) <= far && distance(unknown, name) <= far)
                .min(Comparator.comparingInt(name -> distance(unknown, name)));
    }

    /** The least number of letters to insert, delete, replace or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(int[][] d, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
