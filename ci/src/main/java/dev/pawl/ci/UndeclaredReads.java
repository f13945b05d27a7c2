package dev.pawl.ci;

import dev.pawl.executor.Read;
import java.util.List;
import java.util.stream.Collectors;

/** What steps read that they do not declare, in words. It is told, and fails nothing: who reads it decides. */
final class UndeclaredReads {
    /** The evidence has all. */
    private static final int MOST_SHOWN = 3;

    private UndeclaredReads() {}

    /** A sentence for each step that has any. */
    static List<String> of(List<ContractTrials.OfStep> steps) {
        return steps.stream()
                .filter(step -> !step.reads().isEmpty())
                .map(step -> "step '" + step.step() + "' reads what it does not declare: " + text(step.reads()))
                .toList();
    }

    private static String text(List<Read> reads) {
        int shown = Math.min(reads.size(), MOST_SHOWN);
        String text =
                reads.subList(0, shown).stream().map(UndeclaredReads::text).collect(Collectors.joining(", "));
        return shown == reads.size() ? text : text + " and " + (reads.size() - shown) + " more";
    }

    private static String text(Read read) {
        String how = read.where().isEmpty() ? "" : " at " + read.where();
        return switch (read.kind()) {
            case CLOCK -> "the clock (" + read.what() + how + ")";
            case NETWORK -> "the network (" + read.what() + how + ")";
            case FILE -> read.where().isEmpty() ? read.what() : read.what() + " (" + read.where() + ")";
        };
    }
}
