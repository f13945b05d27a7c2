package dev.pawl.executor;

/**
 * Something that a program read beside what it was given.
 *
 * @param what an address, a file, or the method that told the time
 * @param where in the program's own code; empty if that is not known
 */
public record Read(Kind kind, String what, String where) {
    /** What kinds of things programs depend on without saying so. */
    public enum Kind {
        NETWORK,
        CLOCK,
        FILE
    }
}
