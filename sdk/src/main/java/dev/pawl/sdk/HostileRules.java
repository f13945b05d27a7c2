package dev.pawl.sdk;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a step must do with a hostile table: give what is finite and there, or refuse the table on purpose. The test kit and Pawl's numeric
 * check both judge by these rules.
 */
public final class HostileRules {
    /** A table's first rows: what is hostile does not need more, and every table is tried two dozen times. */
    public static final int MOST_ROWS = 1_000;

    /** So many trials make a failing table smaller. */
    public static final int MOST_TO_SHRINK = 40;

    /** Of so many failures a smaller table is looked for. */
    public static final int MOST_SHRUNK = 3;

    private static final Set<String> ACCIDENTS = Set.of(
            "java.lang.Error",
            "java.lang.NullPointerException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.NegativeArraySizeException",
            "java.lang.ArrayStoreException",
            "java.lang.ArithmeticException",
            "java.lang.ClassCastException",
            "java.util.ConcurrentModificationException");

    private HostileRules() {}

    /** The part of a table that hostile ones are made of; a row with a line break in quotes is not cut. */
    public static String firstRows(String csv) {
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        boolean quoted = false;
        int rows = 0;
        for (int at = 0; at < text.length(); at++) {
            quoted ^= text.charAt(at) == '"';
            if (text.charAt(at) == '\n' && !quoted && ++rows > MOST_ROWS) {
                return text.substring(0, at + 1);
            }
        }
        return text;
    }

    /**
     * Whether a Java step that threw has refused its input: by an exception other than those that happen by accident.
     *
     * @param exceptions the class of what it threw and those above it; none when it broke its contract, which is right only of a step that
     *     passes on no rows where it got none
     */
    public static boolean isRefusal(HostileKind kind, List<String> exceptions) {
        return exceptions.isEmpty()
                ? kind == HostileKind.EMPTY_TABLE
                : exceptions.stream().noneMatch(ACCIDENTS::contains);
    }

    /**
     * What is wrong with what a step gave, in words.
     *
     * @param before what it gave of the same rows as they were
     */
    public static Optional<String> wrong(HostileKind kind, MissingValues before, MissingValues after) {
        return after.infinite()
                .filter(_ -> before.infinite().isEmpty())
                .or(() -> kind.mayLoseValues() ? Optional.empty() : after.moreThan(before));
    }

    /** What is wrong with a model that a step gave, in words. */
    public static Optional<String> wrongModel(String output, byte[] onnx) {
        return OnnxWeights.notFinite(onnx)
                .map(weight -> "the model '%s' has a weight that is no finite number, in %s".formatted(output, weight));
    }
}
