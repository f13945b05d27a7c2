package dev.pawl.executor;

import java.time.Duration;
import java.util.List;

/**
 * How an execution ended.
 *
 * @param exit 0 is success, all else the program's own failure; 128 + n means signal n
 * @param timedOut whether it was ended because its time was over
 * @param exceptions the class of what a Java call threw, then its superclasses below {@code Throwable}; empty otherwise
 * @param took from the beginning of the program
 * @param tail the last lines of the log; they say which limit was reached
 * @param observed what it read beside what it was given, as far as it was looked at
 */
public record Ending(
        int exit, boolean timedOut, List<String> exceptions, Duration took, String tail, Observed observed) {
    /** Of an execution that was not observed. */
    public Ending(int exit, boolean timedOut, List<String> exceptions, Duration took, String tail) {
        this(exit, timedOut, exceptions, took, tail, Observed.NOT_ASKED);
    }

    public boolean succeeded() {
        return exit == 0 && !timedOut;
    }
}
