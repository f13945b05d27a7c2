package dev.pawl.app;

import dev.pawl.ci.CiCheck;
import dev.pawl.pipeline.StepState;
import java.util.Locale;

/**
 * How states look: a character, a word and a colour.
 *
 * @param mark one character
 * @param plain the same where there is ASCII only
 */
record Marks(String word, String mark, String plain, Paint paint) {
    static Marks of(CiCheck.State state) {
        return switch (state) {
            case RUNNING -> of(StepState.RUNNING);
            case PASSED -> of(StepState.SUCCEEDED);
            case FAILED -> of(StepState.FAILED);
            case CANCELLED -> of(StepState.CANCELLED);
        };
    }

    static Marks of(StepState state) {
        String word = state.name().toLowerCase(Locale.ROOT);
        return switch (state) {
            case WAITING -> new Marks(word, "\u00b7", ".", Paint.FAINT);
            case READY -> new Marks(word, "\u25cb", "o", Paint.FAINT);
            case RUNNING -> new Marks(word, "\u25cf", "*", Paint.YELLOW);
            case PAUSING -> new Marks(word, "\u21bb", "~", Paint.YELLOW);
            case SUCCEEDED -> new Marks(word, "\u2714", "+", Paint.GREEN);
            case CACHED -> new Marks(word, "\u2261", "=", Paint.CYAN);
            case FAILED -> new Marks(word, "\u2718", "x", Paint.RED);
            case SKIPPED -> new Marks(word, "\u2013", "-", Paint.FAINT);
            case CANCELLED -> new Marks(word, "\u25a0", "#", Paint.RED);
        };
    }
}
